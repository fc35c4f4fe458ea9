"""What the welcome has done in the background, with what comes with the program."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.app import press_in
from ui.welcome.choosing import Begun, Chosen, Way, Works
from wufei_cells import paths, shipped

if TYPE_CHECKING:
    from wufei_cells.domain.text import Text
    from wufei_cells.progress import Report


def welcome_works(folder: Path) -> Works:
    """Give the works of a welcome whose new register will lie in a folder."""
    return Works(_cities, partial(_begin, folder))


# --- in the worker thread


def _cities() -> tuple[tuple[str, Text], ...]:
    from wufei_cells.services.cities import name_cities  # noqa: PLC0415 - not before the first picture

    return name_cities(shipped.shipped_cities())


def _begin(folder: Path, chosen: Chosen, report: Report) -> Begun:
    from wufei_cells.services import beginning  # noqa: PLC0415 - loads SQLAlchemy

    devices = paths.device_folder()
    files: tuple[Path, ...] = ()
    if chosen.way is Way.DEMO:
        return Begun(chosen, _make_demo(chosen, report))
    if chosen.source is not None:
        found = beginning.find(chosen.source)
        if found.source is beginning.Source.REGISTER:
            return Begun(chosen, found.path)
        if found.source is beginning.Source.BACKUP:
            beginning.restore(found.path, folder, devices=devices)
            return Begun(chosen, folder)
        files = (found.path,)
    cities = shipped.shipped_cities()
    criteria = cities.get(chosen.city, shipped.shipped_criteria)()
    beginning.make(folder, criteria, cities=cities, person=chosen.person, devices=devices)
    return Begun(chosen, folder, files)


def _make_demo(chosen: Chosen, report: Report) -> Path:
    from wufei_cells.services import beginning, reporting  # noqa: PLC0415 - loads SQLAlchemy and reportlab
    from wufei_cells.wording import Wording  # noqa: PLC0415 - the same

    press = press_in(Wording(shipped.wording_catalogue(), chosen.language))
    template = reporting.template(shipped.report_templates()["progress"], "progress")
    story, criteria = shipped.demo_story(), shipped.shipped_criteria()
    return beginning.make_demo(paths.demo_folder(), story, criteria, press, report=template, progress=report)
