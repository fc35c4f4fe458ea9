"""A certificate template on trial: what a file (watched while somebody edits it) or a stored template would print."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wufei_cells.errors import EnvironmentFault, Problem, ProblemsFound, UserError, WufeiError, why

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.domain.certificate_templates import CertificateTemplate
    from wufei_cells.services.certificate_templating import TemplateRow
    from wufei_cells.wording import Wording

LOOK_EVERY = 200
"""Milliseconds between two looks at the file. Looking at it, rather than being told, also notices what editors do that
write a new file and put it in the place of the old one, and files on other machines."""

Stamp = tuple[int, int] | None
"""When a file was written and how long it is; nothing where there is none."""


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """One template that can be looked at and adopted."""

    row: TemplateRow
    shipped: str
    """Its name among those that come with the program; empty for others."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a template, and the folder its pictures stand in; none where they are in the file itself."""

    name: str
    content: bytes
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a template."""

    source: Source
    pictures: Mapping[str, bytes | None] = field(default_factory=dict[str, bytes | None])
    """The pictures that the file names, as they were; nothing for those that are not there."""
    template: CertificateTemplate | None = None
    """Nothing where it has problems."""
    pdf: bytes | None = None
    """The made-up certificates."""
    problems: tuple[Problem, ...] = ()
    error: WufeiError | None = None
    """Why it could not even be read."""


class TemplateDraft(QObject):
    """Tries a template, and again whenever its file or one of its pictures was written.

    Signals:
        tried: there is something new to show (Trial).
    """

    tried = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._path: Path | None = None
        self._turn = 0
        self._seen: Mapping[Path, Stamp] = {}
        self._tried: Mapping[Path, Stamp] = {}
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def path(self) -> Path | None:
        """The file that is watched."""
        return self._path

    def watch(self, path: Path) -> None:
        """Try a file now and whenever it is written."""
        self._path = path
        self._tried = self._seen = {path: _stamp(path)}
        self._timer.start()
        self._try(partial(_read_file, path))

    def show(self, entry: TemplateEntry) -> None:
        """Try a template that the register has, or that comes with the program."""
        self.stop()
        self._try(partial(_read_entry, entry, self._context.certificate_templates))

    @Slot()
    def stop(self) -> None:
        """Watch the file no longer."""
        self._path = None
        self._timer.stop()

    def _try(self, read: Callable[[Desk], Source]) -> None:
        self._turn += 1
        job = partial(_try, read, self._context.document_fonts, self._context.i18n.wording)
        self._context.ask(self, job, partial(self._on_tried, self._turn))

    def _on_tried(self, turn: int, trial: Trial) -> None:
        if turn != self._turn:
            return  # another one is on its way
        if self._path is not None:
            named = [self._path, *(self._path.parent / name for name in trial.pictures)]
            self._seen = self._tried = {path: self._tried.get(path, _stamp(path)) for path in named}
        self.tried.emit(trial)

    @Slot()
    def _look(self) -> None:
        """Try the file again once it was written and has come to rest: an editor may write it in several steps."""
        found = {path: _stamp(path) for path in self._tried}
        rested, self._seen = found == self._seen, found
        if rested and found != self._tried and self._path is not None:
            self._tried = found
            self._try(partial(_read_file, self._path))


def load_entries(templates: Callable[[], Mapping[str, bytes]], desk: Desk) -> tuple[TemplateEntry, ...]:
    """List what comes with the program and what the register has; runs in the worker thread."""
    from wufei_cells.services.certificate_templating import TemplateRow  # noqa: PLC0415 - loaded by the worker

    service = desk.certificate_templating
    shipped = {name: service.shipped_template(content, name) for name, content in templates().items()}
    rows = {row.id: row for row in service.list_templates(desk.workspace, next(iter(shipped.values())))}
    entries: list[TemplateEntry] = []
    for name, one in shipped.items():
        key = service.identity(one)
        plain = TemplateRow(key, one.key, one.version, one.title, one.languages, in_force=False, adopted=False)
        entries.append(TemplateEntry(rows.pop(key, plain), name))
    return (*entries, *(TemplateEntry(row, "") for row in rows.values()))


def adopt(trial: Trial, fonts: Callable[[], DocumentFonts], wording: Wording, desk: Desk) -> str:
    """Take what was tried into the register, exactly that; gives its identity. Runs in the worker thread."""
    service = desk.certificate_templating
    source = trial.source
    key, _template = service.adopt_file(
        desk.workspace, source.content, source.name, trial.pictures.get, fonts(), wording
    )
    return key


def export(entry: TemplateEntry, templates: Callable[[], Mapping[str, bytes]], path: Path, desk: Desk) -> Path:
    """Write a template as a file to begin with, its pictures beside it; runs in the worker thread.

    Raises:
        EnvironmentFault: the place cannot be written.
    """
    from wufei_cells.checklists.yaml_writing import yaml_text  # noqa: PLC0415 - loaded by the worker
    from wufei_cells.services.saving import save_file  # noqa: PLC0415 - the same

    if entry.shipped:
        return save_file(path, templates()[entry.shipped])
    data, pictures = with_pictures_apart(desk.certificate_templating.data_of(desk.workspace, entry.row.id), path.stem)
    for name, content in pictures.items():
        save_file(path.parent / name, content)
    return save_file(path, yaml_text(data).encode())


def with_pictures_apart(data: Data, stem: str) -> tuple[Data, dict[str, bytes]]:
    """Take the pictures out of a template: each becomes a file that the template names."""
    pictures: dict[str, bytes] = {}
    whole = dict(cast("dict[str, Data]", data))
    elements: list[Data] = []
    for element in cast("list[dict[str, dict[str, Data]]]", whole["elements"]):
        image = element.get("image", {})
        if "data" in image:
            content = base64.b64decode(str(image["data"]))
            ending = "png" if content.startswith(b"\x89PNG") else "jpg"
            name = f"{stem}-{len(pictures) + 1}.{ending}"
            pictures[name] = content
            kept = {key: value for key, value in image.items() if key != "data"}
            elements.append({"image": {"file": name, **kept}})
        else:
            elements.append(cast("Data", element))
    whole["elements"] = elements
    return whole, pictures


# --- in the worker thread


def _try(read: Callable[[Desk], Source], fonts: Callable[[], DocumentFonts], wording: Wording, desk: Desk) -> Trial:
    service = desk.certificate_templating
    source = Source("", b"")
    pictures: dict[str, bytes | None] = {}

    def beside(name: str) -> bytes | None:
        if source.folder is None:
            return None
        return pictures.setdefault(name, _picture(source.folder / name))

    try:
        source = read(desk)
        profile = service.profile_of(desk.workspace)
        template = service.check_file(source.content, source.name, beside, fonts(), wording, profile)
        pdf = service.preview(template, fonts(), wording, profile)
    except ProblemsFound as found:
        return Trial(source, pictures, problems=found.problems)
    except UserError as error:
        return Trial(source, pictures, problems=(Problem(error.code, source.name, error.values),))
    except EnvironmentFault as error:
        return Trial(source, pictures, error=error)
    return Trial(source, pictures, template, pdf)


def _read_entry(entry: TemplateEntry, templates: Callable[[], Mapping[str, bytes]], desk: Desk) -> Source:
    if entry.shipped:
        return Source(entry.shipped, templates()[entry.shipped])
    document = desk.certificate_templating.stored_document(desk.workspace, entry.row.id)
    return Source(entry.row.key, document.encode())


def _read_file(path: Path, _desk: Desk) -> Source:
    return Source(path.name, _content(path), path.parent)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error


def _picture(path: Path) -> bytes | None:
    try:
        return _content(path)
    except (EnvironmentFault, ValueError):  # not there yet; the problem says so
        return None


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
