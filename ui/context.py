"""What every part of the window is given: built once by ``ui.app`` and handed down.

Screens ask services through ``AppContext.ask``: the question runs in the worker thread with the ``Desk``,
which holds the open workspace and loads the services (and the heavy libraries under them) on first use, so that
the window is on screen before any of them is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from wufei_cells.domain.text import Text
from wufei_cells.progress import Report, silent

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.preferences import Preferences
    from ui.tasks import RunningTask, TaskProgress, TaskRunner, UnfinishedWork
    from ui.theme import Theme
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.services.papers import Press
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Catalogue

T = TypeVar("T")


class Desk:
    """The open data folder and the services that work on it; used in the worker thread only."""

    def __init__(self, opener: Callable[[Report], Workspace]) -> None:
        self._opener = opener
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace; opened by whoever asks first. An error of opening comes again with every question."""
        return self.open()

    def open(self, report: Report = silent) -> Workspace:
        """Give the workspace; opening one of an earlier day may take a while and tells how far it is."""
        if self._workspace is None:
            self._workspace = self._opener(report)
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Whether the data folder has been opened."""
        return self._workspace is not None

    def act_as(self, name: str) -> None:
        """Put another person's name under everything that follows."""
        self._workspace = self.workspace.acting_as(name)

    def close(self) -> None:
        """Close the data folder."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    # Each service is imported by the first question that needs it: the imports cost more than the first paint.

    @cached_property
    def browsing(self):
        """Reading: lists and rows."""
        from wufei_cells.services import browsing  # noqa: PLC0415

        return browsing

    @cached_property
    def registering(self):
        """Sites."""
        from wufei_cells.services import registering  # noqa: PLC0415

        return registering

    @cached_property
    def assessing(self):
        """Answers."""
        from wufei_cells.services import assessing  # noqa: PLC0415

        return assessing

    @cached_property
    def undoing(self):
        """Taking back and doing again."""
        from wufei_cells.services import undoing  # noqa: PLC0415

        return undoing

    @cached_property
    def comparing_sites(self):
        """One item over many sites."""
        from wufei_cells.services import comparing_sites  # noqa: PLC0415

        return comparing_sites

    @cached_property
    def prechecking(self):
        """What shuts a site out before it is scored."""
        from wufei_cells.services import prechecking  # noqa: PLC0415

        return prechecking

    @cached_property
    def finding_faults(self):
        """Findings and what became of them."""
        from wufei_cells.services import finding_faults  # noqa: PLC0415

        return finding_faults

    @cached_property
    def evidencing(self):
        """Photos and files."""
        from wufei_cells.services import evidencing  # noqa: PLC0415

        return evidencing

    @cached_property
    def looking(self):
        """What somebody else answered since the person looked last."""
        from wufei_cells.services import looking  # noqa: PLC0415

        return looking

    @cached_property
    def time_machine(self):
        """The register of an earlier day."""
        from wufei_cells.services import time_machine  # noqa: PLC0415

        return time_machine

    @cached_property
    def checkups(self):
        """What does not agree in a file or in the register."""
        from wufei_cells.services import checkups  # noqa: PLC0415

        return checkups

    @cached_property
    def deciding(self):
        """Decisions."""
        from wufei_cells.services import deciding  # noqa: PLC0415

        return deciding

    @cached_property
    def certifying(self):
        """Certificates."""
        from wufei_cells.services import certifying  # noqa: PLC0415

        return certifying

    @cached_property
    def papers(self):
        """The papers of certificates."""
        from wufei_cells.services import papers  # noqa: PLC0415

        return papers

    @cached_property
    def exporting(self):
        """Workbooks and reports."""
        from wufei_cells.services import exporting  # noqa: PLC0415

        return exporting

    @cached_property
    def printing_forms(self):
        """Forms and filled sheets on paper."""
        from wufei_cells.services import printing_forms  # noqa: PLC0415

        return printing_forms

    @cached_property
    def cities(self):
        """The cities that come with the program."""
        from wufei_cells.services import cities  # noqa: PLC0415

        return cities

    @cached_property
    def drafting(self):
        """Checklists that are being written."""
        from wufei_cells.services import drafting  # noqa: PLC0415

        return drafting

    @cached_property
    def retiring(self):
        """Taking editions out of use."""
        from wufei_cells.services import retiring  # noqa: PLC0415

        return retiring

    @cached_property
    def comparing_editions(self):
        """What is different between two editions."""
        from wufei_cells.services import comparing_editions  # noqa: PLC0415

        return comparing_editions

    @cached_property
    def impact(self):
        """What a checklist would mean for the sites assessed already."""
        from wufei_cells.services import impact  # noqa: PLC0415

        return impact

    @cached_property
    def teaming(self):
        """Several people on one assessment."""
        from wufei_cells.services import teaming  # noqa: PLC0415

        return teaming

    @cached_property
    def signing_off(self):
        """Signatures at the end of a visit."""
        from wufei_cells.services import signing_off  # noqa: PLC0415

        return signing_off

    @cached_property
    def carrying_over(self):
        """Carrying running assessments over to another edition."""
        from wufei_cells.services import carrying_over  # noqa: PLC0415

        return carrying_over

    @cached_property
    def checklist_files(self):
        """Checklists as files that people write."""
        from wufei_cells.services import checklist_files  # noqa: PLC0415

        return checklist_files

    @cached_property
    def edition_choice(self):
        """Which edition an assessment is started with."""
        from wufei_cells.services import edition_choice  # noqa: PLC0415

        return edition_choice

    @cached_property
    def city_numbers(self):
        """Which numbers of a checklist the city has laid down otherwise."""
        from wufei_cells.services import city_numbers  # noqa: PLC0415

        return city_numbers

    @cached_property
    def searching(self):
        """Searching everything."""
        from wufei_cells.services import searching  # noqa: PLC0415

        return searching

    @cached_property
    def explaining(self):
        """Why a total is what it is."""
        from wufei_cells.services import explaining  # noqa: PLC0415

        return explaining

    @cached_property
    def applying(self):
        """Applications."""
        from wufei_cells.services import applying  # noqa: PLC0415

        return applying

    @cached_property
    def returning(self):
        """Sending back."""
        from wufei_cells.services import returning  # noqa: PLC0415

        return returning

    @cached_property
    def naming(self):
        """Public notices, and naming in batches."""
        from wufei_cells.services import naming  # noqa: PLC0415

        return naming

    @cached_property
    def numbering(self):
        """Certificate numbers, and who may use which."""
        from wufei_cells.services import numbering  # noqa: PLC0415

        return numbering

    @cached_property
    def objecting(self):
        """Objections and appeals."""
        from wufei_cells.services import objecting  # noqa: PLC0415

        return objecting

    @cached_property
    def office_keys(self):
        """The keys that the office signs with."""
        from wufei_cells.services import office_keys  # noqa: PLC0415

        return office_keys

    @cached_property
    def printing_lists(self):
        """Lists of names, and the artwork of plaques."""
        from wufei_cells.services import printing_lists  # noqa: PLC0415

        return printing_lists

    @cached_property
    def printing_reports(self):
        """Reports of assessments."""
        from wufei_cells.services import printing_reports  # noqa: PLC0415

        return printing_reports

    @cached_property
    def publishing_register(self):
        """The public register."""
        from wufei_cells.services import publishing_register  # noqa: PLC0415

        return publishing_register

    @cached_property
    def status_listing(self):
        """The signed list of what was suspended or withdrawn."""
        from wufei_cells.services import status_listing  # noqa: PLC0415

        return status_listing

    @cached_property
    def supervising(self):
        """What happens to certificates after they were issued."""
        from wufei_cells.services import supervising  # noqa: PLC0415

        return supervising

    @cached_property
    def verification_page(self):
        """The page by which anybody checks a certificate."""
        from wufei_cells.services import verification_page  # noqa: PLC0415

        return verification_page

    @cached_property
    def verifying(self):
        """Checking certificates."""
        from wufei_cells.services import verifying  # noqa: PLC0415

        return verifying

    @cached_property
    def certificate_templating(self):
        """Templates of certificates."""
        from wufei_cells.services import certificate_templating  # noqa: PLC0415

        return certificate_templating

    @cached_property
    def drawing(self):
        """Drawing lots: which sites are checked, and by whom."""
        from wufei_cells.services import drawing  # noqa: PLC0415

        return drawing

    @cached_property
    def roles(self):
        """Who does whose work."""
        from wufei_cells.services import roles  # noqa: PLC0415

        return roles


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
    web_parts: Callable[[], WebParts]
    """What web pages are made from; called in the worker thread."""
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
        self._question = question

    def __call__(self, progress: TaskProgress) -> T:
        """Ask; questions are short, they report nothing."""
        del progress
        return self._question(self._desk)


class _Job(Generic[T]):
    """A long job bound to the desk."""

    def __init__(self, desk: Desk, job: Callable[[Desk, TaskProgress], T]) -> None:
        self._desk = desk
        self._job = job

    def __call__(self, progress: TaskProgress) -> T:
        """Do it."""
        return self._job(self._desk, progress)
