"""The sheets of the authoring workbook: which columns each has, what stands in them, and where that belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from wufei_cells.checklists.yaml_source import Path


class Form(Enum):
    """How something is written in a cell."""

    TEXT = "text"
    KEY = "key"
    NUMBER = "number"
    QUANTITY = "quantity"
    """A number, or a parameter's name."""
    DATE = "date"
    FLAG = "flag"
    WORD = "word"
    """One of some words."""
    WORDS = "words"
    """Several of some words."""
    KEYS = "keys"
    CONDITION = "condition"
    PAIRS = "pairs"
    """``A=50；B=60``"""
    ANCESTORS = "ancestors"
    RULE = "rule"
    SPECIAL = "special"
    """The reader of the sheet looks after it."""
    MORE = "more"
    """Everything that has no column, in braces."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column, or one line of the sheet of basics."""

    name: str
    form: Form
    path: Path = ()
    width: float = 12.0
    choices: tuple[str, ...] = ()
    """The values that are written as words."""
    area: str = ""
    """Where their words are found."""
    shared: bool = False
    """Whether one merged cell speaks for all its rows."""

    @property
    def language(self) -> str:
        """The language of a text that may be given in two."""
        return self.path[-1] if self.path and self.path[-1] in ("zh", "en") else ""  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet."""

    name: str
    columns: tuple[SheetColumn, ...]
    needed: tuple[str, ...] = field(default=())
    """Columns without which it cannot be read."""

    def column(self, name: str) -> SheetColumn:
        """Find a column."""
        return next(column for column in self.columns if column.name == name)


def _pair(name: str, path: Path, width: float, *, shared: bool = False) -> tuple[SheetColumn, SheetColumn]:
    return (
        SheetColumn(f"{name}_zh", Form.TEXT, (*path, "zh"), width, shared=shared),
        SheetColumn(f"{name}_en", Form.TEXT, (*path, "en"), width, shared=shared),
    )


def _word(name: str, path: Path, width: float, area: str, *choices: str, shared: bool = False) -> SheetColumn:
    return SheetColumn(name, Form.WORD, path, width, choices, area, shared)


KEY = SheetColumn("key", Form.KEY, ("key",), 13)
MORE = SheetColumn("more", Form.MORE, (), 20)
NAME = _pair("name", ("text",), 26)
UNIT = _pair("unit", ("unit",), 10)
HIDDEN = "exported_key"
"""The column that people do not see: the key that a row was written with."""
VERIFY = ("document", "site", "survey")
ENTRY_KINDS = ("gate", "group", "item", "bonus", "deductions")
RELATIONS = ("same", "reworded", "stricter", "easier", "split", "merged")
EFFECTS = ("veto", "zero_total")
QUESTIONS = ("yes_no", "levels")
MEASURES = ("count", "amount", "share", "change", "ticks", "calculated")
COMBINATIONS = ("sum", "best")
HEADS = (*QUESTIONS, *MEASURES, *COMBINATIONS)
DETAILS = ("level", "yes", "no", "option", "input", "band")
_ABSENT = ("met", "failed")
_PROOFS = ("never", "always", "scored", "full", "deducted", "not_applicable")

BASICS = SheetPlan(
    "basics",
    (
        SheetColumn("key", Form.KEY, ("key",)),
        SheetColumn("edition", Form.TEXT, ("edition",)),
        *_pair("title", ("title",), 0),
        SheetColumn("category_key", Form.KEY, ("category", "key")),
        *_pair("category_text", ("category", "text"), 0),
        SheetColumn("category_code", Form.KEY, ("category", "code")),
        _word("category_subject", ("category", "subject"), 0, "subject", "site", "activity"),
        SheetColumn("official", Form.FLAG, ("official",)),
        SheetColumn("effective_from", Form.DATE, ("effective_from",)),
        SheetColumn("effective_until", Form.DATE, ("effective_until",)),
        SheetColumn("full", Form.NUMBER, ("full",)),
        *_pair("notice", ("notice",), 0),
        _word(
            *("not_applicable", ("scoring", "not_applicable"), 0, "na_policy"),
            *("rescale", "scale_thresholds", "prorate", "full", "zero", "share"),
        ),
        SheetColumn("not_applicable_share", Form.QUANTITY, ("scoring", "not_applicable_share")),
        SheetColumn("not_applicable_at_most", Form.QUANTITY, ("scoring", "not_applicable_at_most")),
        _word("group_not_applicable", ("scoring", "group_not_applicable"), 0, "absent", *_ABSENT),
        _word("star_not_applicable", ("scoring", "star_not_applicable"), 0, "absent", *_ABSENT),
        SheetColumn("rounding_places", Form.NUMBER, ("scoring", "rounding", "places")),
        _word("rounding_mode", ("scoring", "rounding", "mode"), 0, "rounding", "half_up", "down", "up"),
        SheetColumn("out_of", Form.NUMBER, ("scoring", "out_of")),
        SheetColumn("counts_for_pass", Form.FLAG, ("bonus", "counts_for_pass")),
        SheetColumn("overlay_extends", Form.TEXT, ("overlay", "extends")),
        SheetColumn("overlay_districts", Form.KEYS, ("overlay", "districts")),
        SheetColumn("overlay_added", Form.KEYS, ("overlay", "added")),
        MORE,
    ),
)
GRADES = SheetPlan(
    "grades",
    (
        *(KEY, *NAME),
        SheetColumn("total_at_least", Form.QUANTITY, ("total_at_least",), 16),
        SheetColumn("groups_at_least", Form.QUANTITY, ("groups_at_least",), 16),
        SheetColumn("group_exceptions", Form.PAIRS, ("group_exceptions",), 22),
        SheetColumn("items_at_least", Form.PAIRS, ("items_at_least",), 22),
        MORE,
    ),
    ("name_zh", "total_at_least"),
)
ENTRIES = SheetPlan(
    "entries",
    (
        _word("kind", (), 9.5, "entry", *ENTRY_KINDS),
        SheetColumn("level", Form.SPECIAL, (), 6),
        SheetColumn("key", Form.KEY, ("key",), 9),
        SheetColumn("number", Form.TEXT, ("number",), 8),
        *_pair("text", ("text",), 30),
        SheetColumn("full", Form.NUMBER, ("full",), 7),
        *_pair("scoring", ("scoring",), 36),
        SheetColumn("rule", Form.RULE, ("rule",), 26),
        SheetColumn("verify", Form.WORDS, ("verify",), 12, VERIFY, "verify", shared=True),
        *_pair("evidence", ("evidence",), 26, shared=True),
        *_pair("guidance", ("guidance",), 34, shared=True),
        SheetColumn("sources", Form.KEYS, ("sources",), 18, shared=True),
        SheetColumn("applies", Form.CONDITION, ("applies",), 18, shared=True),
        _word("set_aside", ("not_applicable",), 11, "set_aside", "reason", "never"),
        _word("evidence_required", ("evidence_required",), 12, "proof", *_PROOFS, shared=True),
        SheetColumn("star", Form.FLAG, ("star",), 6),
        SheetColumn("weight", Form.NUMBER, ("weight",), 7),
        SheetColumn("cap", Form.NUMBER, ("cap",), 7),
        SheetColumn("from", Form.ANCESTORS, ("from",), 14),
        SheetColumn("locked", Form.FLAG, ("locked",), 7),
        MORE,
        SheetColumn(HIDDEN, Form.SPECIAL),
    ),
    ("text_zh", "full", "scoring_zh", "verify"),
)
RULES = SheetPlan(
    "rules",
    (
        SheetColumn("item", Form.SPECIAL, (), 9),
        SheetColumn("part", Form.SPECIAL, ("key",), 12),
        _word("rule_kind", (), 11, "rule", *HEADS, *DETAILS),
        SheetColumn("detail_key", Form.KEY, ("key",), 12),
        *NAME,
        *_pair("asked", (), 22),
        *_pair("asked_too", (), 22),
        *UNIT,
        SheetColumn("bound", Form.SPECIAL, (), 11),
        SheetColumn("points", Form.QUANTITY, ("points",), 8),
        SheetColumn("lowest", Form.QUANTITY, ("lowest",), 8),
        _word("effect", ("effect",), 11, "effect", *EFFECTS),
        SheetColumn("scale", Form.SPECIAL, (), 26),
        SheetColumn("formula", Form.TEXT, ("formula",), 24),
        SheetColumn("settings", Form.SPECIAL, (), 16),
        SheetColumn("applies", Form.CONDITION, ("applies",), 16),
        MORE,
    ),
    ("rule_kind",),
)
FACTS = SheetPlan(
    "facts",
    (
        *(KEY, *NAME),
        _word("ask", ("ask",), 10, "ask", "yes_no", "number", "choice", "option"),
        *UNIT,
        SheetColumn("formula", Form.TEXT, ("formula",), 30),
        MORE,
    ),
    ("name_zh", "ask"),
)
PARAMETERS = SheetPlan(
    "parameters",
    (
        *(KEY, *NAME, *UNIT),
        SheetColumn("since", Form.DATE, ("from",), 13),
        SheetColumn("value", Form.NUMBER, ("value",), 10),
        MORE,
    ),
    ("key", "name_zh", "value"),
)
SOURCES = SheetPlan(
    "sources",
    (KEY, *_pair("title", ("title",), 42), SheetColumn("document_number", Form.TEXT, ("number",), 24), MORE),
    ("title_zh",),
)
COLUMNS = SheetPlan(
    "columns", (KEY, *NAME, SheetColumn("weight", Form.NUMBER, ("weight",), 10), MORE), ("name_zh", "weight")
)

EXPORTED = SheetPlan(
    "exported",
    (
        SheetColumn("kind", Form.SPECIAL),
        KEY,
        SheetColumn("number", Form.TEXT, ("number",)),
        *_pair("text", ("text",), 30),
    ),
)
"""The sheet that people do not see: every key that the workbook was written with."""

PLANS = (BASICS, GRADES, ENTRIES, RULES, FACTS, PARAMETERS, SOURCES, COLUMNS, EXPORTED)
GUIDE = "guide"
