"""What macOS is told about the program: read by wufei.spec for the application's Info.plist."""

from __future__ import annotations

from typing import Any

PACKAGE, UPDATE = "cn.wufei-cells.package", "cn.wufei-cells.update"


def _opens(kind: str, name: str) -> dict[str, Any]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Editor",
        "LSHandlerRank": "Owner",
        "LSItemContentTypes": [kind],
    }


def _kind(kind: str, name: str, ending: str) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": kind,
        "UTTypeDescription": name,
        "UTTypeConformsTo": ["public.data"],
        "UTTypeTagSpecification": {"public.filename-extension": [ending]},
    }


INFO: dict[str, Any] = {
    "CFBundleDisplayName": "无废细胞认定工作台",
    "CFBundleDevelopmentRegion": "zh_CN",
    "CFBundleLocalizations": ["zh_CN", "en"],
    "CFBundleDocumentTypes": [_opens(PACKAGE, "无废细胞交换包"), _opens(UPDATE, "无废细胞程序更新")],
    "UTExportedTypeDeclarations": [
        _kind(PACKAGE, "无废细胞交换包", "wufei"),
        _kind(UPDATE, "无废细胞程序更新", "wufei-update"),
    ],
    "LSMinimumSystemVersion": "12.0",
    "NSHighResolutionCapable": True,
    "NSRequiresAquaSystemAppearance": False,  # it has dark colors of its own
}
"""Beyond what PyInstaller writes by itself."""
