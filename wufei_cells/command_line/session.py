"""What every command works with: the options, the words, the register, and the way out."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from wufei_cells import paths, shipped
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.errors import EnvironmentFault, UserError, why
from wufei_cells.services import browsing, cities, supporting, time_machine
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.domain.criteria import Cities, Criteria
    from wufei_cells.services.papers import Press

Handler = Callable[["Session", argparse.Namespace], int]


class Subparsers(Protocol):
    """What argparse gives to add commands to."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Add a command."""
        ...


class Session:
    """One run of the command line. The register is opened when a command first needs it."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.as_json: bool = getattr(args, "json", False)
        self.as_of: date | None = getattr(args, "as_of", None)
        self.first_city: str | None = None
        """The city that a register begins with in its usual place, set by a command that may begin one there."""
        self.wording = Wording(shipped.wording_catalogue(), language_of(getattr(args, "language", None)))

    @property
    def language(self) -> Language:
        """The language to speak."""
        return "en" if self.wording.language == "en" else "zh"

    @property
    def folder(self) -> Path:
        """The data folder."""
        named: Path | None = getattr(self.args, "data", None)
        return named or paths.data_folder()

    @property
    def has_register(self) -> bool:
        """Whether there is a register in it yet."""
        return paths.holds_register(self.folder)

    @property
    def can_open(self) -> bool:
        """Whether there is a register, or one begins as soon as it is needed: somebody named the folder."""
        return self.has_register or getattr(self.args, "data", None) is not None or paths.names_data_folder()

    @cached_property
    def workspace(self) -> Workspace:
        """The register. It begins in a folder that somebody named; in the usual one only where that was asked for.

        Raises:
            UserError: there is none in the usual place, and the command begins none.
        """
        person: str | None = getattr(self.args, "person", None)
        if person is None:
            person = os.environ.get("WUFEI_PERSON") or _name_of_user()
        folder, known = self.folder, shipped.shipped_cities()
        start = shipped.shipped_criteria()
        if not self.can_open:
            start = self._first_files(known)
        begun = time.monotonic()
        opened = open_workspace(
            folder,
            start,
            person=person,
            cities=known,
            create_folder=getattr(self.args, "data", None) is None,
            devices=paths.device_folder(),
        )
        supporting.note_opened(opened, time.monotonic() - begun)
        if opened.database.copied:
            print(self.say("store.brought_up_to_date", copy=str(opened.database.copied)), file=sys.stderr)
        return opened if self.as_of is None else self._go_back(opened, self.as_of)

    def _first_files(self, known: Cities) -> Criteria:
        """Give the files of the city that the register begins with in its usual place."""
        if self.first_city is None or self.as_of is not None:
            raise UserError("workspace.no_register", path=str(self.folder))
        return cities.files_of(known, self.first_city)

    def _go_back(self, opened: Workspace, day: date) -> Workspace:
        """Give the register as it was, and say where its times are in doubt."""
        with contextlib.closing(opened):
            past = time_machine.open_as_of(opened, day)
        if count := time_machine.out_of_order(past):
            print(self.say("time_machine.out_of_order", count=count), file=sys.stderr)
        return past

    def refuse_past(self) -> None:
        """Refuse a command that writes without opening the register.

        Raises:
            UserError: an earlier day was asked for.
        """
        if self.as_of is not None:
            raise UserError("time_machine.no_register")

    @cached_property
    def fonts(self) -> DocumentFonts:
        """The fonts of documents."""
        from wufei_cells.documents.fonts import DocumentFonts, Face  # noqa: PLC0415 - reportlab takes its time to load

        files = shipped.font_files()
        return DocumentFonts({face: files[face] for face in Face})

    @cached_property
    def press(self) -> Press:
        """What certificates are printed with."""
        from wufei_cells.services import certificate_templating  # noqa: PLC0415 - few commands print any
        from wufei_cells.services.papers import Press  # noqa: PLC0415 - the same

        name, content = next(iter(shipped.certificate_templates().items()))
        return Press(self.fonts, self.wording, certificate_templating.shipped_template(content, name))

    def close(self) -> None:
        """Close the register, if a command opened it."""
        if "workspace" in self.__dict__:
            self.workspace.close()

    def tell_unused(self) -> None:
        """Say that an earlier day was asked for in vain, where a command did not open the register."""
        if self.as_of is not None and "workspace" not in self.__dict__:
            print(self.say("time_machine.not_used"), file=sys.stderr)

    # --- telling

    def say(self, key: str, **values: object) -> str:
        """Give a sentence."""
        return self.wording.say(key, **values)

    def text(self, text: Text) -> str:
        """Give a text of the data in the language spoken."""
        return text.in_language(self.language)

    def show(self, data: object, lines: Iterable[str]) -> int:
        """Print a result: one JSON document, or lines for people."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
        else:
            for line in lines:
                print(line)
        return 0

    def tell(self, line: str) -> None:
        """Print a line for people while work goes on; never into a JSON document."""
        print(line, file=sys.stderr if self.as_json else sys.stdout, flush=True)


def find_assessment(session: Session, key: str) -> AssessmentRow:
    """Find an assessment by id, or the latest of a site by the site's id or name."""
    try:
        return browsing.assessment(session.workspace, key)
    except UserError:
        site = browsing.site(session.workspace, key)
        if site.assessment is None:
            raise UserError("register.unknown_assessment", assessment=key) from None
        return browsing.assessment(session.workspace, site.assessment)


def _name_of_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return ""


def language_of(wanted: str | None) -> Language:
    """Choose the language: as asked, else as the environment says, else Chinese."""
    if wanted in ("zh", "en"):
        return "en" if wanted == "en" else "zh"
    environment = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if environment.lower().startswith("en") else "zh"


def read_input(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> bytes:
    """Read a file a person named; ``read`` may refuse one before it is read."""
    try:
        return read(path)
    except (FileNotFoundError, UnicodeEncodeError):  # half a character is no name of a file
        raise UserError("file.not_found", path=str(path)) from None
    except IsADirectoryError:
        raise UserError("file.is_folder", path=str(path)) from None
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what was not given on the command line."""
    return {name: value for name, value in values.items() if value is not None}
