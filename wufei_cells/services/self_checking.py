"""Whether this program works on this machine: every check runs, whatever the one before it found.

Nothing of the person's is read: what has to be written is made in a temporary folder that is gone afterwards, and the
folders of the program are only asked whether they take a file.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.domain.criteria import Cities
from wufei_cells.errors import WufeiError
from wufei_cells.wording import Catalogue, Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts, FontFile

Found = Mapping[str, object]
"""What a check found: versions and counts, the slots of its sentence."""
Check = tuple[str, Callable[[], Found]]
"""A name, and what finds out; whatever it raises is why it failed."""
RARE = "䶮㳇鿍𬇙"
"""Characters of names that small fonts lack; the last one lies beyond U+FFFF."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What comes with the program, as far as it can be checked."""

    version: str
    catalogue: Catalogue
    cities: Cities
    fonts: Callable[[], DocumentFonts]
    font_files: Mapping[str, FontFile]
    icons: Mapping[str, bytes]
    certificate_templates: Mapping[str, bytes]
    report_templates: Mapping[str, bytes]
    pages: Mapping[str, str]
    """The parts of the pages that are written for others."""
    guide: Mapping[str, str]
    """Its chapters in all languages."""
    guide_picture: Callable[[str], bytes | None]
    schemas: Mapping[str, str]
    story: bytes
    """What the demo plays."""
    program_folder: Path | None
    """Of the built program; ``None`` where it runs from its sources."""
    folders: Mapping[str, Path]
    """Where the program writes: data, devices, settings, log."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check came to."""

    name: str
    seconds: float
    found: Found = field(default_factory=dict[str, object])
    error: Exception | None = None

    @property
    def passed(self) -> bool:
        """Whether all is well."""
        return self.error is None

    @property
    def code(self) -> str:
        """Name the kind of failure; empty when there is none."""
        if self.error is None:
            return ""
        if isinstance(self.error, WufeiError):
            return self.error.code
        return self.error.what if isinstance(self.error, Unsound) else type(self.error).__name__

    @property
    def foreign(self) -> bool:
        """Whether the reason of the failure is in words that are not ours."""
        return self.error is not None and not isinstance(self.error, Unsound | ImportError)

    def sentence(self, wording: Wording) -> str:
        """Say what was found, or why the check failed."""
        if self.error is None:
            return wording.say(f"self_check.found.{self.name}", **self.found)
        return reason(self.error, wording)

    def as_data(self, wording: Wording) -> dict[str, object]:
        """Give it as plain data."""
        data: dict[str, object] = {
            "name": self.name,
            "ok": self.passed,
            "detail": self.sentence(wording),
            "seconds": round(self.seconds, 3),
            "found": {name: _plain(value) for name, value in self.found.items()},
        }
        if self.error is not None:
            data["error"] = self.code
        return data


class Unsound(Exception):
    """A check found something wrong that has a sentence of its own (``self_check.wrong.…``)."""

    def __init__(self, what: str, **values: object) -> None:
        super().__init__(what, values)
        self.what = what
        self.values = values


def run(checks: Iterable[Check], tell: Callable[[Outcome], object] = lambda _outcome: None) -> tuple[Outcome, ...]:
    """Run every check, one after the other, and tell each outcome when it is there."""
    outcomes: list[Outcome] = []
    for name, check in checks:
        outcome = _outcome(name, check)
        outcomes.append(outcome)
        tell(outcome)
    return tuple(outcomes)


def reason(error: Exception, wording: Wording) -> str:
    """Say why a check failed, in the person's language."""
    if isinstance(error, Unsound):
        return wording.say(f"self_check.wrong.{error.what}", **error.values)
    if isinstance(error, WufeiError):
        return wording.error(error)
    if isinstance(error, ImportError):
        return wording.say("self_check.wrong.library", library=error.name or type(error).__name__, detail=str(error))
    return wording.say("self_check.wrong.unexpected", kind=type(error).__name__, detail=str(error))


def report(outcomes: Iterable[Outcome], wording: Wording) -> tuple[str, ...]:
    """Write the outcomes as lines for people."""
    told = tuple(outcomes)
    lines = [_line(outcome, wording) for outcome in told]
    failed = sum(not outcome.passed for outcome in told)
    seconds = f"{sum(outcome.seconds for outcome in told):.1f}"
    end = "self_check.failed" if failed else "self_check.passed"
    return (*lines, "", wording.say(end, count=len(told), failed=failed, seconds=seconds))


def document(outcomes: Iterable[Outcome], wording: Wording) -> dict[str, object]:
    """Write the outcomes as one JSON document."""
    told = tuple(outcomes)
    return {
        "ok": all(outcome.passed for outcome in told),
        "seconds": round(sum(outcome.seconds for outcome in told), 3),
        "checks": [outcome.as_data(wording) for outcome in told],
    }


def core_checks(shipped: Shipped) -> Iterator[Check]:
    """Give the checks of everything but the window. They share a temporary folder, gone when the last one is done."""
    from wufei_cells.services.self_check_making import Making  # noqa: PLC0415 - it may be what does not load
    from wufei_cells.services.self_check_shipped import machine_checks, shipped_checks  # noqa: PLC0415 - the same

    yield from shipped_checks(shipped)
    yield from machine_checks(shipped)
    with tempfile.TemporaryDirectory(prefix="wufei 自检 ", ignore_cleanup_errors=True) as folder:
        making = Making(shipped, Path(folder))
        try:
            yield from making.checks()
        finally:
            making.close()


def _outcome(name: str, check: Callable[[], Found]) -> Outcome:
    begun = time.perf_counter()
    try:
        found = check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what is asked for
        return Outcome(name, time.perf_counter() - begun, error=error)
    return Outcome(name, time.perf_counter() - begun, found)


def _line(outcome: Outcome, wording: Wording) -> str:
    mark = wording.say("self_check.ok" if outcome.passed else "self_check.bad")
    title = wording.say(f"self_check.name.{outcome.name}")
    sentence = outcome.sentence(wording).replace("\n", "\n    ")
    return wording.say("self_check.line", mark=mark, title=title, sentence=sentence, seconds=f"{outcome.seconds:.2f}")


def _plain(value: object) -> object:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return str(value)
    return value
