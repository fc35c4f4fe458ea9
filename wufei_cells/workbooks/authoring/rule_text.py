"""Whole rules in one cell, for the common kinds: ``是否 5``, ``分级：齐全 6；部分 4；没有 0``, ``每处扣 2，最低 2``.

A rule that these words cannot say without loss is written on the sheet of rules.
"""

from __future__ import annotations

import re
from decimal import Decimal

from wufei_cells.checklists.defaults import rule_without_defaults
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.authoring.scale_text import QUANTITY, Fields, ScaleText
from wufei_cells.workbooks.vocabulary import Vocabulary, simple

MEASURES = ("count", "amount", "share", "change", "ticks")
PAIRS = {"share": ("part", "whole"), "change": ("before", "after")}
_OPTION_MARKS = re.compile(r"[、，,;；/／\n](?![^()（）]*[)）])")
"""What parts the options of ticks; not within brackets."""
LONGEST = 200
"""Characters that a short rule may have; longer ones read better on the sheet of rules."""


class RuleText:
    """Writes and reads rules that fit into one cell."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._scales = ScaleText(words)
        some = words.pattern
        self._yes_no = re.compile(
            rf"(?:{some('yes_no')})\s*:?\s*(?:{some('scores')})?\s*(.*)", re.IGNORECASE | re.DOTALL
        )
        self._no = re.compile(
            rf"(?:[;,。\n]|(?<=[\d分\s]))\s*(?:{some('no')})(?!决)\s*:?(?:{some('scores')})?\s*", re.IGNORECASE
        )
        self._levels = re.compile(rf"(?:{some('levels')})\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)
        self._level = re.compile(
            rf"(?P<text>.*?)\s*(?::|{some('scores')})?\s*(?:(?P<lowest>{QUANTITY})\s*~\s*)?"
            rf"(?P<outcome>(?:{QUANTITY})(?:[^-\d$~]*))",
            re.IGNORECASE | re.DOTALL,
        )
        self._measure = re.compile(
            rf"(?:{'|'.join(rf'(?P<{name}>{some(name)})' for name in MEASURES)})\s*(?P<rest>.*)",
            re.IGNORECASE | re.DOTALL,
        )
        self._each = re.compile(rf"(?:{some('each')})", re.IGNORECASE)

    # --- writing

    def written(self, rule: Data, text: Data, full: str) -> str | None:
        """Write the rule of an item with this text and these full marks, or nothing where one cell cannot say it."""
        rule = rule_without_defaults(rule)
        if not isinstance(rule, dict):
            return None
        for write in (self._written_yes_no, self._written_levels, self._written_findings, self._written_measure):
            short = write(rule)
            if short is None or len(short) > LONGEST:
                continue
            try:
                if rule_without_defaults(self.read(short, text, full)) == rule:
                    return short
            except SheetTextError:
                continue
        return None

    def _written_yes_no(self, rule: Fields) -> str | None:
        if set(rule) != {"yes_no"}:
            return None
        data, say = rule["yes_no"], self._words.say
        if isinstance(data, str):
            return f"{say('word.yes_no')} {data}"
        if not isinstance(data, dict):
            return None
        yes, no = (self._scales.outcome(data.get(name, "0")) for name in ("yes", "no"))
        return (
            None
            if yes is None or no is None
            else f"{say('word.yes')} {yes}{self._words.part_mark}{say('word.no')} {no}"
        )

    def _written_levels(self, rule: Fields) -> str | None:
        levels = rule.get("levels")
        if set(rule) != {"levels"} or not isinstance(levels, list):
            return None
        pieces: list[str] = []
        for level in levels:
            outcome = self._scales.outcome(level) if isinstance(level, dict) else None
            if not isinstance(level, dict) or outcome is None or not isinstance(level.get("text"), str):
                return None
            lowest = f"{level['lowest']}~" if "lowest" in level else ""
            pieces.append(f"{level['text']} {lowest}{outcome}")
        return self._head("levels", self._words.part_mark.join(pieces))

    def _written_findings(self, rule: Fields) -> str | None:
        """A count of what the item itself names: points for each."""
        count = rule.get("count")
        scale = self._scales.scale(rule)
        if set(rule) != {"count", "steps"} or not isinstance(count, dict) or scale is None:
            return None
        unit = str(count.get("unit", ""))
        return scale.replace(" 1 ", unit if self._words.language == "zh" else f" {unit} ", 1)

    def _written_measure(self, rule: Fields) -> str | None:
        name = next((one for one in MEASURES if one in rule), None)
        scale = self._scales.scale(rule)
        measure = rule.get(name or "")
        if name is None or scale is None:
            return None
        if isinstance(measure, list):
            texts = [option.get("text") for option in measure if isinstance(option, dict)]
            question = self._words.say("word.options").join(map(str, texts))
            return self._head(name, f"{question}{self._words.say('word.colon')}{scale}", colon=False)
        if not isinstance(measure, dict):
            return None
        asked = [measure.get(part, "") for part in PAIRS.get(name, ("text",))]
        mark = " → " if name == "change" else " / "
        unit = f"（{measure['unit']}）" if "unit" in measure else ""
        question = mark.join(map(str, asked)) + unit
        return self._head(name, f"{question}{self._words.say('word.colon')}{scale}", colon=False)

    def _head(self, word: str, rest: str, *, colon: bool = True) -> str:
        return f"{self._words.say(f'word.{word}')}{self._words.say('word.colon') if colon else ' '}{rest}"

    # --- reading

    def read(self, text: str, item: Data, full: str) -> Fields:
        """Read a rule. What it does not ask in words of its own is asked with the text of the item.

        Raises:
            SheetTextError: some piece of it cannot be understood.
        """
        try:
            return self._read(text.strip().rstrip("。；;"), item, full)
        except SheetTextError as error:
            raise SheetTextError(error.code, found=error.values.get("found") or text.strip()[:40]) from None

    def _read(self, text: str, item: Data, full: str) -> Fields:
        clean = simple(text)
        if self._each.match(clean):
            return self._read_findings(text, item, full)
        if levels := self._levels.fullmatch(clean):
            return {"levels": self._read_levels(text[levels.start(1) :])}
        if yes_no := self._yes_no.fullmatch(clean):
            return {"yes_no": self._read_yes_no(clean[yes_no.start(1) :], full)}
        measure = self._measure.fullmatch(clean)
        name = next((one for one in MEASURES if measure and measure[one]), None)
        if measure is None or name is None:
            raise SheetTextError("authoring.rule_text", found=text[:40])
        return self._read_measure(name, text[measure.start("rest") :].strip(" :："), item, full)

    def _read_yes_no(self, text: str, full: str) -> Data:
        no = self._no.search(text)
        yes = (text[: no.start()] if no else text).strip()
        outcome = self._scales.read_outcome(yes) if yes else full
        if isinstance(outcome, dict) and not no and outcome["points"] != "0":
            raise SheetTextError("authoring.effect_of_which", found=text.strip()[:40])
        return {"yes": outcome, "no": self._scales.read_outcome(text[no.end() :])} if no else outcome

    def _read_levels(self, text: str) -> Data:
        pieces = [piece for piece in re.split(r"[;；\n]", text) if piece.strip()]
        if len(pieces) == 1:
            pieces = [piece for piece in re.split(r"[,，]", text) if piece.strip()]
        if not pieces:
            raise SheetTextError("authoring.rule_text", found="")
        levels: list[Data] = []
        for place, piece in enumerate(pieces):
            found = self._level.fullmatch(simple(piece).strip().rstrip(".。"))
            if not found:
                raise SheetTextError("authoring.rule_text", found=piece.strip()[:40])
            outcome = self._scales.read_outcome(found["outcome"])
            level: Fields = {"key": letter(place), "text": piece.strip()[: found.end("text")].strip()}
            level |= outcome if isinstance(outcome, dict) else {"points": outcome}
            if found["lowest"]:
                low, high = sorted((found["lowest"], str(level["points"])), key=_size)
                level |= {"lowest": low, "points": high}
            levels.append(level)
        return levels

    def _read_findings(self, text: str, item: Data, full: str) -> Fields:
        steps, unit = self._scales.read_steps(text, full)
        return {"count": {"text": item, "unit": unit} if unit else {"text": item}, "steps": steps}

    def _read_measure(self, name: str, text: str, item: Data, full: str) -> Fields:
        clean = simple(text)
        colon = clean.find(":")
        if colon < 0:
            raise SheetTextError("authoring.rule_text", found=text[:40])
        question, scale = text[:colon].strip(), self._scales.read(text[colon + 1 :], full)
        if name == "ticks":
            options = [option.strip() for option in _OPTION_MARKS.split(question) if option.strip()]
            if len(options) == 1:
                raise SheetTextError("authoring.one_tick", found=question[:40])
            ticks: list[Data] = [{"key": letter(place), "text": option} for place, option in enumerate(options)]
            return {"ticks": ticks, **scale}
        unit = re.search(r"\(([^()]*)\)$", simple(question))
        asked = question[: unit.start()].strip() if unit else question
        measure: Fields = {"unit": question[unit.start(1) : unit.end(1)]} if unit else {}
        if name in PAIRS:
            pieces = [piece.strip() for piece in re.split(r"\s*(?:→|->|/|／)\s*", asked, maxsplit=1)]
            if len(pieces) != 2 or not all(pieces):
                raise SheetTextError("authoring.rule_pair", found=text[:40])
            measure |= dict(zip(PAIRS[name], pieces, strict=True))
        else:
            measure["text"] = asked or item
        return {name: measure, **scale}


def letter(place: int) -> str:
    """Name things that need no better name: a to z, then a1 to z1, and so on."""
    return f"{chr(97 + place % 26)}{place // 26 or ''}"


def _size(points: str) -> Decimal:
    return Decimal(points) if not points.startswith("$") else Decimal(0)
