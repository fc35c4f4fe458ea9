; The setup program for Windows: for one user, without administrator, without network.
; Everything in ${...} that is not NSIS' own comes from values.nsh, which setup_text.py writes.

Unicode true
Target amd64-unicode
!include "${VALUES}"
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"

Name "$(words_name)"
OutFile "${OUT_FILE}"
InstallDir "$LOCALAPPDATA\Programs\WufeiCells"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
SetCompressor /SOLID lzma
SetCompressorDictSize 32
SetOverwrite on
AllowSkipFiles off
CRCCheck on
BrandingText "${VERSION}"

VIProductVersion "${VERSION_OF_FOUR}"
VIFileVersion "${VERSION_OF_FOUR}"
!macro Tell language name description
  VIAddVersionKey /LANG=${language} "ProductName" "${name}"
  VIAddVersionKey /LANG=${language} "FileDescription" "${description}"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "CompanyName" "Wufei Cells"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "Apache License 2.0"
!macroend

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}.exe"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE KeepOutOfOthersFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The first one is shown to those whose Windows speaks neither.
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro Words ; from values.nsh: one LangString for every sentence
!insertmacro Tell ${LANG_SIMPCHINESE} "${NAME_ZH}" "${SETUP_ZH}"
!insertmacro Tell ${LANG_ENGLISH} "${NAME_EN}" "${SETUP_EN}"

; --- what is asked before anything is touched

; Exit codes of a silent setup: 0 done, 2 a file could not be written, 3 this Windows is too old, 4 the program is running.
!define TOO_OLD 3
!define RUNNING 4

!macro Refuse code words
  SetErrorLevel ${code}
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  Quit
!macroend

Function .onInit
  SetShellVarContext current
  ${IfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse ${TOO_OLD} "$(words_too_old)"
  ${EndIf}
FunctionEnd

; A folder that holds something else than this program gets one of ours inside it.
Function KeepOutOfOthersFolder
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${PROGRAM}.exe"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      StrCpy $INSTDIR "$INSTDIR\WufeiCells"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Windows lets nobody write to a program that is running: whoever can open it for writing may replace it.
!macro WaitForTheEnd un
Function ${un}WaitForTheEnd
  again:
    StrCpy $1 0
    !insertmacro LookAt "${PROGRAM}.exe"
    !insertmacro LookAt "${PROGRAM}-cli.exe"
    ${If} $1 == 0
      Return
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(words_running)" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${RUNNING}
    Quit
FunctionEnd
!macroend
!macro LookAt file
  ${If} ${FileExists} "$INSTDIR\${file}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${file}" a
    ${If} ${Errors}
      StrCpy $1 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend
!insertmacro WaitForTheEnd ""
!insertmacro WaitForTheEnd "un."

; --- the program

; Only what is ours by name: a person may keep something of their own in this folder, and a portable one its data.
!macro RemoveProgram
  RMDir /r "$INSTDIR\${LIBRARIES}"
  !insertmacro EachBeside ; from values.nsh
!macroend
!macro RemoveFile name
  Delete "$INSTDIR\${name}"
!macroend
!macro RemoveFolder name
  RMDir /r "$INSTDIR\${name}"
!macroend

; Updates by file keep the version before beside the program's folder (wufei_cells/updates/places.py).
!macro RemoveSetAside ending
  ClearErrors
  FindFirst $0 $1 "$INSTDIR${ending}"
  ${DoUntil} ${Errors}
    ${GetParent} "$INSTDIR" $2
    ${If} ${FileExists} "$2\$1\${LIBRARIES}\*.*"
    ${AndIfNot} ${FileExists} "$2\$1\${PORTABLE_FOLDER}\*.*"
      RMDir /r "$2\$1"
    ${EndIf}
    ClearErrors
    FindNext $0 $1
  ${Loop}
  FindClose $0
!macroend

Section
  Call WaitForTheEnd
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${FOLDER}${SLASH}*"
  ${If} ${Errors}
    !insertmacro Refuse 2 "$(words_not_written)"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ; In both languages' names it would stay behind when the language of Windows changes: the Chinese one is the one name.
  CreateShortCut "$SMPROGRAMS\${NAME_ZH}.lnk" "$INSTDIR\${PROGRAM}.exe" "" "$INSTDIR\${PROGRAM}.exe" 0 "" "" "$(words_name)"
  !insertmacro WriteKeys ; from values.nsh
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; the endings have a program now
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  Call un.WaitForTheEnd
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP" ; a folder that is somebody's present one cannot be removed
  RMDir "$INSTDIR" ; stays where something of the user's own is in it
  !insertmacro RemoveSetAside "-before-*"
  !insertmacro RemoveSetAside "-newer-*"
  !insertmacro RemoveSetAside "-next"
  !insertmacro RemoveSetAside "-helper"
  Delete "$INSTDIR-update.json"
  Delete "$SMPROGRAMS\${NAME_ZH}.lnk"
  !insertmacro DeleteKeys ; from values.nsh
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
