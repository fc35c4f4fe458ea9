"""Update the program from a file, and go back to the version of before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wufei_cells import logs, paths
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.progress import Report, silent
from wufei_cells.release import program_version
from wufei_cells.services.workspace import system_clock
from wufei_cells.signing.fingerprints import fingerprint
from wufei_cells.store.database import FILE_NAME
from wufei_cells.store.migrations import CURRENT
from wufei_cells.updates import opening, plan, preparing, registers, signatures
from wufei_cells.updates.container import ENDING
from wufei_cells.updates.opening import Running, Update
from wufei_cells.updates.places import Places
from wufei_cells.updates.plan import Plan, Restore
from wufei_cells.updates.preparing import Step, no_step
from wufei_cells.updates.record import Record, RegisterCopy, read_record
from wufei_cells.updates.starting import FINISH
from wufei_cells.updates.versions import current_glibc, current_platform, figures

__all__ = ["ENDING", "RegisterBack", "Standing", "Update", "WayBack"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The program that runs, and what is known of its updates."""

    running: Running
    program: Path | None
    """Its folder; ``None`` where it runs from its sources and there is nothing to replace."""
    pending: Plan | None
    """What is prepared, under way, or did not happen."""
    record: Record | None
    """The update that it came with, where the version of before is still kept."""
    keys: tuple[Text, ...]
    """The words of the keys whose updates are accepted."""


@dataclass(frozen=True, slots=True)
class RegisterBack:
    """What going back means for a register."""

    register: Path
    schema: str
    """Of the register as it is now."""
    newer: bool
    """Whether the version of before would refuse it."""
    backup: Path | None
    """Its copy of before the update, where there is one."""
    since: int
    """Acts written since; they are not in the copy."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """The kept version, and what going back to it means."""

    record: Record
    registers: tuple[RegisterBack, ...]

    @property
    def refused(self) -> tuple[RegisterBack, ...]:
        """The registers that the version of before would not open."""
        return tuple(one for one in self.registers if one.newer)


def running() -> Running:
    """Say what runs here."""
    return Running(program_version(), current_platform(), current_glibc(), str(CURRENT))


def standing() -> Standing:
    """Say how the program stands with its updates."""
    program = paths.program_folder()
    if program is None:
        return Standing(running(), None, None, None, ())
    record = read_record(program)
    kept = record if record and program.with_name(record.kept).is_dir() else None
    keys = tuple(fingerprint(public) for public in signatures.trusted_keys(program / signatures.FOLDER).values())
    return Standing(running(), program, plan.read(Places(program).plan), kept, keys)


def check(path: Path, report: Report = silent, *, keys: Path | None = None) -> Update:
    """Check an update file; nothing is written.

    Args:
        path: the file.
        report: told how far it is; may raise to stop.
        keys: folder with the public keys that are accepted, instead of the program's own.

    Raises:
        UserError: there is no such file, or it must not be used; with every problem there is.
        EnvironmentFault: it cannot be read.
    """
    program = paths.program_folder()
    folder = keys or (program / signatures.FOLDER if program else None)
    return opening.check(path, signatures.trusted_keys(folder) if folder else {}, running(), report)


def signer_words(update: Update) -> Text:
    """Give the words of the key that an update is signed with."""
    return fingerprint(update.signer)


def refuse_here() -> Path:
    """Give the program folder where an update can take its place.

    Raises:
        UserError: the program runs from its sources, or is not the person's to replace.
    """
    program = paths.program_folder()
    if program is None:
        raise UserError("update.from_source")
    preparing.refuse_here(program)
    return program


def install(update: Update, folders: Iterable[Path], report: Report = silent, step: Step = no_step) -> Plan:
    """Make a checked update ready; ``hand_over`` is what is left.

    Args:
        update: what ``check`` gave.
        folders: the data folders that the person works in; the registers in them are copied first.
        report: told how far each step is; may raise to stop, which leaves nothing behind.
        step: told which step begins, by the key of its sentence.

    Raises:
        UserError: it cannot be put in place here, a register is damaged, or the new program does not start.
        EnvironmentFault: there is no room, or the disk fails.
    """
    places = Places(refuse_here())
    return preparing.prepare(update, places, running(), _registers(folders), system_clock(), report=report, step=step)


def way_back(folders: Iterable[Path] = ()) -> WayBack:
    """Say what going back would mean for the registers of the update and those in further folders.

    Raises:
        UserError: there is no version to go back to.
    """
    program = refuse_here()
    record = standing().record
    if record is None:
        raise UserError("update.no_way_back")
    copies = {(program / copy.register).absolute(): copy for copy in record.registers}
    known = dict.fromkeys([*copies, *(one.absolute() for one in _registers(folders))])
    found = [_register_back(one, copies.get(one), record, program) for one in known if one.is_file()]
    return WayBack(record, tuple(found))


def go_back(way: WayBack, *, restore: bool) -> Plan:
    """Make the way back ready; ``hand_over`` is what is left.

    Args:
        way: what ``way_back`` gave.
        restore: whether the registers that the version of before refuses go back to their copies, too; as they are
            now they are kept beside.

    Raises:
        UserError: it cannot be done here.
        EnvironmentFault: the disk fails.
    """
    places = Places(refuse_here())
    wanted = [
        Restore(str(one.register), str(one.backup), str(registers.kept_name(one.register, way.record.new)))
        for one in way.refused
        if restore and one.backup is not None
    ]
    return preparing.prepare_back(places, way.record, wanted)


def hand_over(ready: Plan, restart: Sequence[str] | None = None) -> None:
    """Start the helper that does the rest as soon as this program has ended.

    Args:
        ready: what was made ready.
        restart: arguments for the window of the program that comes; ``None`` to open none.
    """
    logs.note("update", state=ready.state, old=ready.old, new=ready.new)
    preparing.hand_over(ready, Places(refuse_here()), restart, FINISH)


def _registers(folders: Iterable[Path]) -> list[Path]:
    found = dict.fromkeys(folder.absolute() / FILE_NAME for folder in folders)
    return [register for register in found if register.is_file()]


def _register_back(register: Path, copy: RegisterCopy | None, record: Record, program: Path) -> RegisterBack:
    now = registers.look(register)
    newer = figures(now.schema)[:1] > figures(record.schema)[:1]
    backup = program / copy.backup if copy else None
    there = backup if backup and backup.is_file() else None
    return RegisterBack(register, now.schema, newer, there, now.acts - (copy.acts if copy else 0))
