"""Commands on the templates of certificates: check, adopt, list, export, preview."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.checklists.template_elements import Files
from wufei_cells.checklists.yaml_writing import yaml_text
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.certificate_templates import CertificateTemplate
from wufei_cells.errors import EnvironmentFault, why
from wufei_cells.services import certificate_templating as templating
from wufei_cells.services import saving
from wufei_cells.services.certificate_templating import TemplateRow


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("template", help="证书模板 / templates of certificates").add_subparsers(
        required=True, metavar="WHAT"
    )
    checking = group.add_parser("check", parents=[common], help="检查模板 / find what is wrong with a template")
    checking.add_argument("file", metavar="FILE")
    checking.set_defaults(run=check)
    adopting = group.add_parser("adopt", parents=[common], help="采用模板 / issue certificates with it from now on")
    adopting.add_argument("file", metavar="FILE", help="文件，或自带模板的名称 / a file, or the name of a shipped one")
    adopting.set_defaults(run=adopt)
    listing = group.add_parser("list", parents=[common], help="列出模板 / list the templates")
    listing.set_defaults(run=list_templates)
    exporting = group.add_parser("export", parents=[common], help="导出模板 / write a template into a file")
    exporting.add_argument(
        "template", metavar="TEMPLATE", help="标识或自带模板的名称 / identity, or a shipped one's name"
    )
    exporting.add_argument("--output", type=Path, metavar="FILE.yaml")
    exporting.set_defaults(run=export)
    previewing = group.add_parser("preview", parents=[common], help="样张 / print made-up certificates with it")
    previewing.add_argument("file", metavar="FILE")
    previewing.add_argument("--output", type=Path, metavar="FILE.pdf")
    previewing.set_defaults(run=preview)


def default_template() -> CertificateTemplate:
    """Give the template that holds until an office adopts one."""
    name, content = next(iter(shipped.certificate_templates().items()))
    return templating.shipped_template(content, name)


def check(session: Session, args: argparse.Namespace) -> int:
    """Read a template and print made-up certificates with it."""
    content, name, files = _opened(args.file)
    template = templating.check_file(content, name, files, session.fonts, session.wording)
    data = {"id": templating.identity(template), "key": template.key, "version": template.version}
    title = session.text(template.title)
    return session.show(data, [session.say("template.cli_sound", title=title, id=str(data["id"])[:12])])


def adopt(session: Session, args: argparse.Namespace) -> int:
    """Take a template into the register and issue with it from now on."""
    content, name, files = _opened(args.file)
    key, template = templating.adopt_file(session.workspace, content, name, files, session.fonts, session.wording)
    data = {"id": key, "key": template.key, "version": template.version}
    return session.show(data, [session.say("template.cli_adopted", title=session.text(template.title), id=key[:12])])


def list_templates(session: Session, _args: argparse.Namespace) -> int:
    """List the templates, and which one is in force."""
    rows = templating.list_templates(session.workspace, default_template())
    data = [
        {
            "id": row.id,
            "key": row.key,
            "version": row.version,
            "title": {"zh": row.title.zh, "en": row.title.en},
            "languages": list(row.languages),
            "in_force": row.in_force,
        }
        for row in rows
    ]
    lines = [_line(session, row) for row in rows]
    shipped_names = ", ".join(shipped.certificate_templates())
    return session.show(data, [*lines, session.say("template.cli_shipped", names=shipped_names)])


def export(session: Session, args: argparse.Namespace) -> int:
    """Write a template into a file that can be adapted and adopted again."""
    content = shipped.certificate_templates().get(args.template)
    if content is None:
        content = yaml_text(templating.data_of(session.workspace, args.template)).encode()
    target = args.output or Path(f"{saving.file_name(args.template)}.yaml")
    saving.save_file(target, content)
    return session.show({"file": str(target)}, [session.say("cli.written", path=target)])


def preview(session: Session, args: argparse.Namespace) -> int:
    """Print made-up certificates with a template."""
    content, name, files = _opened(args.file)
    template = templating.check_file(content, name, files, session.fonts, session.wording)
    target = args.output or Path(f"{saving.file_name(template.key)}.pdf")
    saving.save_file(target, templating.preview(template, session.fonts, session.wording))
    return session.show({"file": str(target)}, [session.say("cli.written", path=target)])


def _opened(named: str) -> tuple[bytes, str, Files | None]:
    """Give a template file, or a shipped template where no file is called so."""
    path = Path(named)
    content = shipped.certificate_templates().get(named)
    if content is not None and not path.exists():
        return content, named, None
    return read_input(path), path.name, lambda name: _picture(path.parent / name)


def _picture(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, UnicodeEncodeError, ValueError):
        return None
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error


def _line(session: Session, row: TemplateRow) -> str:
    said = "template.cli_in_force" if row.in_force else "template.cli_line"
    return session.say(said, id=row.id[:12], title=session.text(row.title), version=row.version)
