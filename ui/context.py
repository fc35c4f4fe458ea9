"""What every part of the window is given: built once by ``ui.app`` and handed down.

Screens ask services through ``AppContext.ask``: the question runs in the worker thread with the ``Desk``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from ui.service_desk import Desk
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.preferences import Preferences
    from ui.tasks import RunningTask, TaskProgress, TaskRunner, UnfinishedWork
    from ui.theme import Theme
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.services.papers import Press
    from wufei_cells.services.self_checking import Shipped
    from wufei_cells.wording import Catalogue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, and which part of the window did it (that part is up to date already)."""

    id: str
    initiator: QObject | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The names of the city's categories and districts, in their order."""

    categories: Mapping[str, Text]
    districts: Mapping[str, Text]

    def category(self, key: str) -> Text:
        """Give the name of a category; its key when no checklist of it is stored."""
        return self.categories.get(key) or Text(key)

    def district(self, key: str) -> Text:
        """Give the name of a district; its key when the profile does not list it."""
        return self.districts.get(key) or Text(key)


def load_places(desk: Desk) -> Places:
    """Ask for the names of categories and districts."""
    profile = desk.browsing.profile(desk.workspace)
    categories = desk.browsing.categories(desk.workspace)
    return Places(
        {category.key: category.text for category in categories},
        {district.key: district.text for district in profile.districts},
    )


class Events(QObject):
    """Tells every screen what changed.

    Signals:
        site_changed: a site was added or edited (Change with the site's id).
        assessment_changed: an assessment was started, answered, finished, reopened or decided (Change).
        certificate_changed: a certificate was issued (Change).
        checklists_changed: a checklist was published, retired or begun (Change with its id).
        progress_changed: the figures towards the goal may have changed.
        language_changed: everything shown has to be asked for again.
        scheme_changed: colors or the size of type changed.
        person_changed: another person works here now (name).
        city_changed: the register works with another city now; everything shown has to be asked for again.
        device_renamed: this machine is called otherwise now (its name).
        acts_arrived: packages were taken in or taken back, or a device was admitted; the other signals of what may
            have changed follow (see ``tell_arrival``).
        register_wanted: somebody wants to work in another data folder (Path); the window starts anew on it.
    """

    site_changed = Signal(object)
    assessment_changed = Signal(object)
    certificate_changed = Signal(object)
    checklists_changed = Signal(object)
    progress_changed = Signal()
    language_changed = Signal()
    scheme_changed = Signal()
    person_changed = Signal(str)
    city_changed = Signal()
    device_renamed = Signal(str)
    acts_arrived = Signal()
    register_wanted = Signal(object)

    def tell_arrival(self) -> None:
        """Say that acts came or left which nobody on this machine wrote: nothing shown can be relied upon."""
        self.acts_arrived.emit()
        for signal in (self.site_changed, self.assessment_changed, self.certificate_changed, self.checklists_changed):
            signal.emit(Change(""))
        self.progress_changed.emit()


@dataclass(frozen=True, slots=True)
class Notice:
    """One line in the notice bar: a sentence, its tone (a color role), and how to take back what it tells of."""

    text: str
    tone: str = "information"
    undo: Callable[[], object] | None = None
    opens: Callable[[], object] | None = None
    """Opens what it tells of, such as a file that was written."""


class Notices(QObject):
    """Takes messages for the notice bar.

    Signals:
        posted: something is to be shown (Notice).
        withdrawn: a notice is not so any more (its sentence).
    """

    posted = Signal(object)
    withdrawn = Signal(str)

    def withdraw(self, text: str) -> None:
        """Take a notice away that is not so any more, unless another one stands in its place."""
        self.withdrawn.emit(text)

    def post(
        self,
        text: str,
        tone: str = "information",
        undo: Callable[[], object] | None = None,
        opens: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence in the notice bar; ``undo`` and ``opens`` give it a button each."""
        self.posted.emit(Notice(text, tone, undo, opens))


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the web pages that the program writes are made from, by name."""

    public: Mapping[str, str]
    verifier: Mapping[str, str]
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class AppContext:
    """Everything the window's parts need, complete from the start."""

    desk: Desk
    tasks: TaskRunner
    unfinished: UnfinishedWork
    i18n: I18n
    theme: Theme
    events: Events
    notices: Notices
    preferences: Preferences
    data_folder: Path
    document_fonts: Callable[[], DocumentFonts]
    """Fonts for PDF documents, made once; called in the worker thread."""
    press: Callable[[], Press]
    """What certificates are printed with; called in the worker thread."""
    certificate_templates: Callable[[], Mapping[str, bytes]]
    """The certificate templates that come with the program, as files by name; the one that holds by default first."""
    report_templates: Callable[[], Mapping[str, bytes]]
    """The templates of reports that come with the program, by the kind of report."""
    web_parts: Callable[[], WebParts]
    """What web pages are made from; called in the worker thread."""
    everything: Callable[[], Shipped]
    """All that comes with the program, to be checked; called in the worker thread."""
    log_file: Path
    """The program's log; reports of crashes lie beside it."""
    guide_chapters: Callable[[str], Mapping[str, str]]
    """The chapters of the guide in a language, as Markdown by their names."""
    guide_picture: Callable[[str], bytes | None]
    """A picture of the guide by the name of its file."""
    dress: Callable[[str, int], None]
    """Applies a color scheme and a size of type to the whole window."""
    open_past: Callable[[date], bool]
    """Opens another window on the register of an earlier day; tells whether it came up."""
    as_of: date | None = None
    """The earlier day that this window shows."""

    def ask(
        self,
        owner: QObject,
        question: Callable[[Desk], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        *,
        durable: bool = False,
    ) -> RunningTask:
        """Ask the services something off the GUI thread; ``done(answer)`` is called unless the owner is gone.

        ``durable`` questions save what a person typed; they are asked even when the window is closing.
        """
        return self.tasks.run(owner, _Question(self.desk, question), done, failed, durable=durable)

    def work(
        self,
        owner: QObject,
        job: Callable[[Desk, TaskProgress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        *,
        label: str,
        cancellable: bool = False,
    ) -> RunningTask:
        """Do something that may take long; it is shown in the notice bar under its label."""
        return self.tasks.run(owner, _Job(self.desk, job), done, failed, label=label, cancellable=cancellable)


class _Question(Generic[T]):
    """A question bound to the desk."""

    def __init__(self, desk: Desk, question: Callable[[Desk], T]) -> None:
        self._desk = desk
        self._question = self.__wrapped__ = question

    def __call__(self, progress: TaskProgress) -> T:
        """Ask; questions are short, they report nothing."""
        del progress
        return self._question(self._desk)


class _Job(Generic[T]):
    """A long job bound to the desk."""

    def __init__(self, desk: Desk, job: Callable[[Desk, TaskProgress], T]) -> None:
        self._desk = desk
        self._job = self.__wrapped__ = job

    def __call__(self, progress: TaskProgress) -> T:
        """Do it."""
        return self._job(self._desk, progress)
