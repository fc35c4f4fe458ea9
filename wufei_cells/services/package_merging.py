"""Merge packages into the register, within one transaction that is the caller's.

Bundles of devices that are admitted are merged first. What they bring can admit others (the office's enrolments), so
the rest is asked about again until nothing changes; what is left waits beside the journal, in the side view, and is
merged when somebody admits its device.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wufei_cells.domain.bundles import ActRun, Bundle
from wufei_cells.errors import Problem, ProblemsFound, UserError, WufeiError
from wufei_cells.exchange.bundles import read_bundle
from wufei_cells.exchange.manifest import BundleEntry
from wufei_cells.exchange.opening import Package
from wufei_cells.progress import Report, silent
from wufei_cells.services.import_watching import seen_cells
from wufei_cells.store import arrivals, bundles, heard
from wufei_cells.store.authority import AFFECTS, AFFECTS_SHEET, Authority, Mode
from wufei_cells.store.journal import Connection
from wufei_cells.store.judging import judge_arrived
from wufei_cells.store.merging import Contradiction, merge_run
from wufei_cells.store.projection import project_cells

UNKNOWN, CONTRADICTION = "unknown_device", "contradiction"
_ASKED_AGAIN = AFFECTS | AFFECTS_SHEET
Watch = Callable[[ActRun], None]
"""Shown each run before it is merged."""


@dataclass(slots=True)
class FileOutcome:
    """What became of one package."""

    new_acts: int = 0
    known_acts: int = 0
    held_back: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])


@dataclass(slots=True)
class Merging:
    """Packages on their way into the journal."""

    connection: Connection
    arrival: str
    watch: Watch | None = None
    counts: Counter[str] = field(default_factory=Counter[str])
    """New acts by kind."""
    aside: int = 0
    changed: int = 0
    """Cells in which something arrived."""
    outcomes: dict[str, FileOutcome] = field(default_factory=dict[str, FileOutcome])
    _waiting: list[tuple[str, Bundle]] = field(default_factory=list[tuple[str, Bundle]])
    _arrived: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _signed_again: set[str] = field(default_factory=set[str])
    _authority: Authority | None = None

    def take(self, packages: Sequence[tuple[str, Package]], report: Report = silent) -> None:
        """Merge packages.

        Args:
            packages: each with the name of its file.
            report: told how many acts are done of how many; what it raises leaves the transaction to be rolled back.
        """
        total, done = sum(_acts(entry) for _name, package in packages for entry in package.manifest.bundles), 0
        for name, package in packages:
            outcome = self.outcomes.setdefault(name, FileOutcome())
            known = bundles.known(self.connection, [entry.sha256 for entry in package.manifest.bundles])
            for entry in sorted(package.manifest.bundles, key=lambda one: (one.device, one.first)):
                report(done, total)
                done += _acts(entry)
                if entry.sha256 in known:
                    outcome.known_acts += _acts(entry)
                else:
                    self._take_entry(name, package, entry)
        self.take_waiting(report)
        report(total, total)

    def take_waiting(self, report: Report = silent) -> None:
        """Merge what waits and is admitted now, again and again until nothing more is; hold the rest."""
        self._judge()
        while self._waiting:
            admitted = [one for one in self._waiting if self._admits(one[1])]
            if not admitted:
                break
            self._waiting = [one for one in self._waiting if one not in admitted]
            for name, bundle in admitted:
                report(0, 1)
                self._merge(name, bundle)
            self._judge()
        for name, bundle in self._waiting:
            arrivals.hold(self.connection, bundle, UNKNOWN, self.arrival)
            self.outcomes[name].held_back += len(bundle.run)
        self._waiting = []

    def wait(self, name: str, bundle: Bundle) -> None:
        """Let a bundle wait until it is known whether its device is admitted."""
        self.outcomes.setdefault(name, FileOutcome())
        self._waiting.append((name, bundle))

    # --- one bundle

    def _take_entry(self, name: str, package: Package, entry: BundleEntry) -> None:
        try:
            bundle = read_bundle(package.bundle(entry))
            if (bundle.run.device, bundle.run.first, bundle.run.last) != (entry.device, entry.first, entry.last):
                raise UserError("bundle.other_than_listed")
        except ProblemsFound as found:
            self.outcomes[name].problems += found.problems
        except WufeiError as error:
            self.outcomes[name].problems.append(Problem(error.code, f"{name} › {entry.member}", error.values))
        else:
            if self._admits(bundle):
                self._merge(name, bundle)
            else:
                self._waiting.append((name, bundle))

    def _admits(self, bundle: Bundle) -> bool:
        return self._rules().admits(bundle.signer, bundle.run.device)

    def _rules(self) -> Authority:
        if self._authority is None:
            self._authority = Authority.of(self.connection)
        return self._authority

    def _merge(self, name: str, bundle: Bundle) -> None:
        outcome, run = self.outcomes[name], bundle.run
        rules = self._rules()
        judged = rules.mode is Mode.OFFICE or bool(rules.statements.revoked)
        if self.watch:
            self.watch(run)
        try:
            with self.connection.begin_nested():
                merged = merge_run(self.connection, run, rules.judge(run, bundle.signer) if judged else None)
                bundles.keep(self.connection, bundle, self.arrival)
        except Contradiction as found:
            arrivals.hold(self.connection, bundle, CONTRADICTION, self.arrival)
            values = {"device": bundle.name or run.device[:8], "seq": found.args[0]}
            outcome.problems.append(Problem("receiving.contradiction", name, values))
            return
        heard.name_device(self.connection, bundle.signer, bundle.name)
        outcome.new_acts += len(merged.new)
        outcome.known_acts += len(run) - len(merged.new)
        self.aside += merged.aside
        if len(merged.new) < len(run):
            self._signed_again.add(run.device)
        self.changed += len(seen_cells(run)) if merged.new else 0
        self._note(run, merged.new)

    def _note(self, run: ActRun, new: Sequence[int]) -> None:
        kinds = run.kinds if len(new) == len(run) else [run.kinds[number - run.first] for number in new]
        self.counts.update(kinds)
        distinct = set(kinds)
        if distinct & _ASKED_AGAIN:
            places = (number - run.first for number in new)
            self._arrived |= {
                (run.kinds[place], run.entities[place]) for place in places if run.kinds[place] in _ASKED_AGAIN
            }

    def _judge(self) -> None:
        """Ask again whose acts count, where what came can change the answer."""
        if not self._arrived and not self._signed_again:
            return
        touched = judge_arrived(self.connection, self._arrived, signed_again=self._signed_again)
        if touched:
            project_cells(self.connection, touched)
        self._arrived, self._signed_again, self._authority = set(), set(), None


def _acts(entry: BundleEntry) -> int:
    return entry.last - entry.first + 1
