"""What a Linux desktop is told about the program: its entry in the menu, its kinds of files, its icons."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from installer import content, icons

PACKAGE = "application/x-wufei-package"
UPDATE = "application/x-wufei-update"
CHECKLIST = "application/yaml;application/x-yaml;"
"""Checklists and overlays are YAML; systems have called it both. Workbooks stay with the office program."""
NAME_ZH, NAME_EN = "无废细胞认定工作台", "Wufei Cells"
_SHARED_MIME = "http://www.freedesktop.org/standards/shared-mime-info"


def entry(command: str = content.PROGRAM, icon: str = content.PROGRAM) -> str:
    """Write the entry of the menu; Chinese first, as its users are."""
    return f"""[Desktop Entry]
Type=Application
Version=1.0
Name={NAME_ZH}
Name[zh_CN]={NAME_ZH}
Name[en]={NAME_EN}
GenericName=无废细胞评估与认定
GenericName[en]=Scoring and certifying waste-free cells
Comment=不用网络，在一张桌面上完成打分、发证和跟踪
Comment[en]={content.project()["description"]}
Exec={command} %F
Icon={icon}
Terminal=false
Categories=Office;
Keywords=无废城市;评估;证书;waste;assessment;certificate;
MimeType={PACKAGE};{UPDATE};{CHECKLIST}
StartupNotify=true
StartupWMClass={content.PROGRAM}
"""


def kinds_of_files() -> str:
    """Write the kinds of files for the system's register of kinds (shared-mime-info).

    A package is a zip file whose first member is its manifest, or lies in a sealed envelope (see
    wufei_cells.exchange.kinds).
    """
    ET.register_namespace("", _SHARED_MIME)
    root = ET.Element(f"{{{_SHARED_MIME}}}mime-info")
    package = _kind(root, PACKAGE, "无废细胞交换包", "Wufei exchange package", "*.wufei")
    magic = ET.SubElement(package, f"{{{_SHARED_MIME}}}magic", priority="60")
    zipped = ET.SubElement(magic, f"{{{_SHARED_MIME}}}match", type="string", offset="0", value="PK\\003\\004")
    ET.SubElement(zipped, f"{{{_SHARED_MIME}}}match", type="string", offset="30", value="manifest.json")
    _kind(root, UPDATE, "无废细胞程序更新", "Wufei program update", "*.wufei-update")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _kind(root: ET.Element, name: str, zh: str, en: str, pattern: str) -> ET.Element:
    kind = ET.SubElement(root, f"{{{_SHARED_MIME}}}mime-type", type=name)
    ET.SubElement(kind, f"{{{_SHARED_MIME}}}comment").text = en
    chinese = ET.SubElement(kind, f"{{{_SHARED_MIME}}}comment")
    chinese.set("{http://www.w3.org/XML/1998/namespace}lang", "zh_CN")
    chinese.text = zh
    ET.SubElement(kind, f"{{{_SHARED_MIME}}}generic-icon", name=content.PROGRAM)
    ET.SubElement(kind, f"{{{_SHARED_MIME}}}glob", pattern=pattern, weight="60")
    return kind


def write_share(share: Path, command: str = content.PROGRAM) -> None:
    """Write all of it into a folder as ``/usr/share`` is laid out."""
    _write(share / "applications" / f"{content.PROGRAM}.desktop", entry(command).encode())
    header = '<?xml version="1.0" encoding="UTF-8"?>\n'
    _write(share / "mime" / "packages" / f"{content.PROGRAM}.xml", (header + kinds_of_files()).encode())
    themed = share / "icons" / "hicolor"
    for size, picture in icons.pngs().items():
        _write(themed / f"{size}x{size}" / "apps" / f"{content.PROGRAM}.png", picture)
    _write(themed / "scalable" / "apps" / f"{content.PROGRAM}.svg", icons.svg().encode())


def _write(path: Path, text: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
