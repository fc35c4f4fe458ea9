"""The open register and the services that work on it, for the worker thread.

The services, and the heavy libraries under them, are loaded on first use, so that the window is on screen before any of
them is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from ui.board_services import BoardServices
from ui.exchange_services import ExchangeServices
from ui.steering_services import SteeringServices
from wufei_cells.progress import Report, silent

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace


class Desk(BoardServices, ExchangeServices, SteeringServices):
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
    def site_lists(self):
        """Lists of sites that come from elsewhere."""
        from wufei_cells.services import site_lists  # noqa: PLC0415

        return site_lists

    @cached_property
    def site_list_undoing(self):
        """Taking an import of sites back."""
        from wufei_cells.services import site_list_undoing  # noqa: PLC0415

        return site_list_undoing

    @cached_property
    def assessing(self):
        """Answers."""
        from wufei_cells.services import assessing  # noqa: PLC0415

        return assessing

    @cached_property
    def importing_scoresheets(self):
        """What scoresheets that came back would change."""
        from wufei_cells.services import importing_scoresheets  # noqa: PLC0415

        return importing_scoresheets

    @cached_property
    def taking_scoresheets(self):
        """Taking scoresheets in."""
        from wufei_cells.services import taking_scoresheets  # noqa: PLC0415

        return taking_scoresheets

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
    def conflicts(self):
        """What is in conflict."""
        from wufei_cells.services import conflicts  # noqa: PLC0415

        return conflicts

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
    def filling_templates(self):
        """Workbooks of the office's own, filled in."""
        from wufei_cells.services import filling_templates  # noqa: PLC0415

        return filling_templates

    @cached_property
    def ledgers(self):
        """Ledgers as workbooks."""
        from wufei_cells.services import ledgers  # noqa: PLC0415

        return ledgers

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
    def reporting(self):
        """Reports of the office."""
        from wufei_cells.services import reporting  # noqa: PLC0415

        return reporting

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
    def waiting(self):
        """What waits for the person who works here."""
        from wufei_cells.services import waiting  # noqa: PLC0415

        return waiting

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
