"""What the preview of an import says: a line for each file and each change, and sentences about the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ui.widgets.exchange_words import count_words, missing_words
from wufei_cells.domain.bundles import Span, united, without

MOST = 2000
"""Places that a preview compares (``services.import_watching``)."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.i18n import I18n
    from ui.models.taking_in import Look
    from wufei_cells.domain.exchange import ImportPreview, IncomingFile
    from wufei_cells.services.import_telling import ChangeTold


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its texts, and the look of its state."""

    texts: tuple[str, ...]
    icon: str
    tone: str


def file_line(i18n: I18n, one: IncomingFile) -> Line:
    """Tell one file: its name, whom it is from, when it was written, what it holds, and how it stands."""
    tr = i18n.tr
    sender = tr("exchange.device_of", device=one.sender, person=one.person) if one.person else one.sender
    held = ""
    if one.sender:
        values = {"new": count_words(one.new_acts), "known": count_words(one.known_acts)}
        held = tr("exchange.file_acts", **values)
        if one.new_files:
            held = tr("exchange.file_and_photos", said=held, count=count_words(one.new_files))
    icon, tone, state = _state(i18n, one)
    return Line((one.name, sender or "–", i18n.moment(one.made_at), held or "–", state), icon, tone)


def _state(i18n: I18n, one: IncomingFile) -> tuple[str, str, str]:
    tr = i18n.tr
    if one.problems:
        icon, tone = ("lock", "attention") if one.needs else ("failed", "failed")
        return icon, tone, "\n".join(dict.fromkeys(i18n.problem(problem) for problem in one.problems))
    said: list[str] = []
    number, count = one.part
    if count > 1:
        said.append(tr("exchange.file_part", number=number, count=count))
    if one.held_back:
        said.append(tr("exchange.file_held", count=count_words(one.held_back)))
        return "device", "attention", tr("exchange.listed", items=tuple(said))
    if one.purpose in ("request", "receipt"):
        said.append(tr(f"exchange.file_{one.purpose}"))
    elif not one.new_acts and not one.new_files:
        said.append(tr("exchange.file_known"))
    return "check", "passed", tr("exchange.listed", items=tuple(said)) if said else tr("exchange.file_fine")


def change_line(i18n: I18n, one: ChangeTold) -> Line:
    """Tell one change: whose, what, before, after, who and when."""
    tr = i18n.tr
    what = " · ".join(filter(None, (one.place, one.what)))
    hidden = tr("exchange.change_hidden") if one.hidden else ""
    who = tr("exchange.change_by", author=one.author, device=one.device, at=i18n.moment(_moment(one.at)))
    before = hidden or one.before or tr("exchange.change_new")
    texts = (what, before, hidden or one.after, who)
    return Line(texts, "conflict" if one.conflict else "", "conflict" if one.conflict else "text")


def summary(i18n: I18n, found: Look) -> str:
    """Say in two sentences what the files would do."""
    tr, preview = i18n.tr, found.told.found
    new, photos = sum(one.new_acts for one in preview.files), sum(one.new_files for one in preview.files)
    head = tr(
        "exchange.preview_files",
        files=len(preview.files),
        good=sum(not one.problems for one in preview.files),
        acts=count_words(new),
        photos=count_words(photos),
    )
    if all(one.problems for one in preview.files):
        return f"{head}\n{tr('exchange.preview_unsound')}"
    if not new and not photos:
        return f"{head}\n{tr('exchange.preview_nothing')}"
    told = tr(
        "exchange.preview_changes",
        changed=count_words(changed(preview)),
        conflicts=count_words(preview.new_conflicts),
        settled=count_words(preview.settled_conflicts),
    )
    return f"{head}\n{told}"


def remarks(i18n: I18n, found: Look, names: Mapping[str, str]) -> Iterator[str]:
    """Say what a person should know beside it: what is missing, what waits, what does not count."""
    tr, preview = i18n.tr, found.told.found
    if found.repeated:
        yield tr("exchange.repeated", count=found.repeated)
    for name, parts in preview.missing_parts.items():
        yield tr("exchange.parts_missing", file=name, parts=tuple(map(str, parts)))
    missing = {device: _not_here(found, device, spans) for device, spans in preview.missing.items()}
    missing = {device: spans for device, spans in missing.items() if spans}
    yield from missing_words(i18n, missing, {**names, **_senders(found)})
    held = sum(one.held_back for one in preview.files)
    if held:
        yield tr("exchange.held_back", count=count_words(held))
    if preview.aside:
        yield tr("exchange.aside", count=count_words(preview.aside))


def more_changes(i18n: I18n, found: ImportPreview, shown: int) -> str:
    """Say that there are more changes than are shown."""
    more = changed(found) - shown
    return i18n.tr("exchange.more_changes", count=count_words(more)) if more > 0 else ""


def changed(found: ImportPreview) -> int:
    """Count the places that change; where there are very many, those in which anything arrives."""
    return found.changed if found.changed > MOST else len(found.changes)


def _not_here(found: Look, device: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out what is among the files and only waits beside the register."""
    pages = (one.received.manifest for one in found.came)
    came = [(one.first, one.last) for page in pages if page for one in page.bundles if one.device == device]
    return without(spans, united(came))


def _senders(found: Look) -> dict[str, str]:
    """Give the names of the devices as they call themselves."""
    pages = (one.received.manifest for one in found.came)
    return {page.sender.device: page.sender.name for page in pages if page is not None and page.sender.name}


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # another program's clock says what it likes
        return None
