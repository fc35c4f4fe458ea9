"""Read a city profile from a file, and write its canonical document."""

from __future__ import annotations

import json
import string
from itertools import pairwise

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.process_reading import process_data, read_process
from wufei_cells.checklists.steering_reading import SteeringReader, steering_data, targets_data
from wufei_cells.checklists.yaml_source import Data, Path, Source, parse_yaml
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.prechecks import PrecheckQuestion
from wufei_cells.domain.process import Process
from wufei_cells.domain.profiles import CategoryPlan, CertificateWording, CityNumber, District, Goal, Profile
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound

FORMAT = "wufei-profile/1"
NUMBER_SLOTS = {"code", "year", "serial"}
BODY_SLOTS = {
    *("site", "category", "city", "number", "issued", "valid_until"),
    *("checklist", "edition", "total", "level", "document"),
}


def read_profile(content: bytes, name: str) -> Profile:
    """Read a profile from a YAML or JSON file.

    Raises:
        ProblemsFound: every problem, each with its place.
    """
    return _read(parse_yaml(content, name))


def read_profile_document(document: str) -> Profile:
    """Read a profile from its canonical document, as the store keeps it."""
    return _read(Source("document", json.loads(document)))


def _read(source: Source) -> Profile:
    reading = Reading(source)
    profile = _ProfileReader(reading).profile(source.data)
    if reading.problems:
        raise ProblemsFound(source.in_order(reading.problems), subject=source.name)
    return profile


class _ProfileReader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.steering = SteeringReader(reading)

    def profile(self, data: Data) -> Profile:
        fields = Fields(self.reading, data, ())
        if fields.string("format", FORMAT) != FORMAT:
            self.reading.problem(("format",), "checklist.format", expected=FORMAT)
        profile = Profile(
            key=fields.key(),
            version=fields.string("version"),
            city=fields.text("city"),
            issuer=fields.text("issuer"),
            official=fields.flag("official", default=False),
            goal=fields.get("goal", self._goal),
            validity_years=self._positive(fields, "validity_years", "profile.validity"),
            districts=fields.each("districts", self._district, required=True),
            categories=fields.each("categories", self._category),
            certificate=fields.get("certificate", self._certificate),
            parameters=self._parameters(fields),
            notice=fields.text("notice", Text("")),
            precheck=fields.each("precheck", self._question),
            process=fields.get("process", self._process, Process()),
            follow_up=fields.each("follow_up", self.steering.level),
            indicators=fields.each("indicators", self.steering.indicator),
        )
        fields.finish()
        self._check(profile)
        return profile

    def _check(self, profile: Profile) -> None:
        for name, keys in (
            ("districts", [district.key for district in profile.districts]),
            ("categories", [plan.category for plan in profile.categories]),
            ("precheck", [question.key for question in profile.precheck]),
            ("follow_up", [level.key for level in profile.follow_up]),
            ("indicators", [str(indicator.key) for indicator in profile.indicators]),
        ):
            for index, key in enumerate(keys):
                if key in keys[:index]:
                    self.reading.problem((name, index), "rule.duplicate_key", name=key)
        self._check_categories(profile)
        self.steering.check(profile)

    def _check_categories(self, profile: Profile) -> None:
        """Note questions that nobody would ever be asked, because their category is written otherwise elsewhere."""
        planned = {plan.category for plan in profile.categories}
        for index, question in enumerate(profile.precheck):
            for place, category in enumerate(question.categories):
                if category and category not in planned:
                    self.reading.problem(
                        ("precheck", index, "categories", place), "profile.unknown_category", found=category
                    )

    def _parameters(self, fields: Fields) -> dict[str, CityNumber]:
        own = fields.fields("parameters")
        return {key: own.get(key, self._city_number) for key in own.data}

    def _city_number(self, data: Data, path: Path) -> CityNumber:
        """Read a number, or a number with later ones by their days."""
        if not isinstance(data, dict):
            return CityNumber(self.reading.number(data, path))
        fields = Fields(self.reading, data, path)
        found = CityNumber(fields.number("value"), fields.each("phases", self.reading.phase))
        fields.finish()
        for index, (earlier, later) in enumerate(pairwise(found.phases), 1):
            if later.start <= earlier.start:
                self.reading.problem((*path, "phases", index, "from"), "profile.phases")
        return found

    def _positive(self, fields: Fields, name: str, code: str) -> int:
        """Read a whole number of 1 or more; what is no number at all was noted already."""
        noted = len(self.reading.problems)
        value = fields.whole(name) or 0
        if value < 1 and len(self.reading.problems) == noted:
            self.reading.problem(fields.at(name), code)
        return value

    def _goal(self, data: Data, path: Path) -> Goal:
        fields = Fields(self.reading, data, path)
        count = self._positive(fields, "count", "profile.goal")
        goal = Goal(
            count,
            fields.get("by", self.reading.day),
            fields.text("source", Text("")),
            fields.each("targets", self.steering.target),
        )
        fields.finish()
        return goal

    def _district(self, data: Data, path: Path) -> District:
        fields = Fields(self.reading, data, path)
        district = District(fields.key(), fields.text("text"))
        fields.finish()
        return district

    def _category(self, data: Data, path: Path) -> CategoryPlan:
        fields = Fields(self.reading, data, path)
        plan = CategoryPlan(
            fields.key("category"),
            fields.each("leads", self.reading.text),
            fields.text("selection", Text("")),
            fields.whole("target"),
        )
        fields.finish()
        return plan

    def _question(self, data: Data, path: Path) -> PrecheckQuestion:
        fields = Fields(self.reading, data, path)
        question = PrecheckQuestion(
            fields.key(),
            fields.text("text"),
            fields.text("source", Text("")),
            fields.each("categories", self.reading.key),
        )
        fields.finish()
        return question

    def _process(self, data: Data, path: Path) -> Process:
        return read_process(self.reading, data, path)

    def _certificate(self, data: Data, path: Path) -> CertificateWording:
        fields = Fields(self.reading, data, path)
        wording = CertificateWording(
            fields.string("number"), fields.text("title"), fields.text("body"), fields.text("remark", Text(""))
        )
        self._slots(wording.number, NUMBER_SLOTS, {"code", "year", "serial"}, (*path, "number"))
        for field_name, text in (("title", wording.title), ("body", wording.body), ("remark", wording.remark)):
            for language, written in (("zh", text.zh), ("en", text.en)):
                self._slots(written, BODY_SLOTS, set(), (*path, field_name, language))
        fields.finish()
        return wording

    def _slots(self, template: str, allowed: set[str], required: set[str], path: Path) -> None:
        try:
            found = {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name is not None}
        except ValueError:
            self.reading.problem(path, "profile.template")
            return
        if found <= allowed and not _fillable(template):
            self.reading.problem(path, "profile.template")
        if found - allowed:
            unknown = ", ".join(sorted(found - allowed))
            self.reading.problem(path, "profile.unknown_slot", found=unknown, allowed=", ".join(sorted(allowed)))
        if required - found:
            self.reading.problem(path, "profile.missing_slot", found=", ".join(sorted(required - found)))


def _fillable(template: str) -> bool:
    """Whether a template with known slots also fills: ``{serial:04d}`` does, ``{serial:dd}`` does not."""
    try:
        template.format(**dict.fromkeys(BODY_SLOTS, "x"), code="X", year=2026, serial=1)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return False
    return True


def profile_document(profile: Profile) -> str:
    """Write the canonical document of a profile; it has the shape of a profile file."""
    wording = profile.certificate
    return canonical_json(
        {
            "format": FORMAT,
            "key": profile.key,
            "version": profile.version,
            "city": _text(profile.city),
            "issuer": _text(profile.issuer),
            "official": "yes" if profile.official else "no",
            "goal": _goal(profile.goal),
            "validity_years": str(profile.validity_years),
            "districts": [{"key": district.key, "text": _text(district.text)} for district in profile.districts],
            "categories": [_plan(plan) for plan in profile.categories],
            "certificate": {"number": wording.number, "title": _text(wording.title), "body": _text(wording.body)}
            | ({"remark": _text(wording.remark)} if wording.remark else {}),
            "parameters": {key: _city_number(number) for key, number in profile.parameters.items()},
        }
        | ({"notice": _text(profile.notice)} if profile.notice else {})
        # Left out when empty, so that a profile of before still gives the very same document.
        | ({"precheck": [_question(question) for question in profile.precheck]} if profile.precheck else {})
        | ({"process": process} if (process := process_data(profile.process)) else {})
        | steering_data(profile)
    )


def _goal(goal: Goal) -> Data:
    document: dict[str, Data] = {"count": str(goal.count), "by": goal.by.isoformat()}
    if goal.source:
        document["source"] = _text(goal.source)
    if goal.targets:
        document["targets"] = targets_data(goal.targets)
    return document


def _question(question: PrecheckQuestion) -> Data:
    document: dict[str, Data] = {"key": question.key, "text": _text(question.text)}
    if question.source:
        document["source"] = _text(question.source)
    if question.categories:
        document["categories"] = [*question.categories]
    return document


def _city_number(number: CityNumber) -> Data:
    if not number.phases:
        return plain(number.value)
    phases: list[Data] = [{"from": phase.start.isoformat(), "value": plain(phase.value)} for phase in number.phases]
    return {"value": plain(number.value), "phases": phases}


def _plan(plan: CategoryPlan) -> dict[str, Data]:
    document: dict[str, Data] = {"category": plan.category, "leads": [_text(lead) for lead in plan.leads]}
    if plan.selection:
        document["selection"] = _text(plan.selection)
    if plan.target is not None:
        document["target"] = str(plan.target)
    return document


def _text(text: Text) -> Data:
    return {"zh": text.zh, "en": text.en} if text.en else {"zh": text.zh}
