"""Scales in a cell, in words: ``≥85 得 5；≥60 得 3；其他 得 0``, ``每 1 扣 2，低于 90``, ``折线 20→0，40→6``."""

from __future__ import annotations

import re
from decimal import Decimal

from wufei_cells.checklists.defaults import rule_without_defaults
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain.amounts import plain
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.vocabulary import Vocabulary, simple

Fields = dict[str, Data]

QUANTITY = r"-?\d{1,12}(?:\.\d{1,6})?|\$[A-Za-z][A-Za-z0-9_-]*"
COMPARISONS = ("at_least", "above", "at_most", "below")
_SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
_EFFECTS = ("veto", "zero_total")
_PART_STEPS = ("count", "prorate", "ignore")
_STEP_FIELDS = {"points", "each", "short_of", "over", "part_step", "start", "floor", "cap"}


class ScaleText:
    """Writes and reads bounds, outcomes and scales."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        some = words.pattern
        number = rf"({QUANTITY})"
        bound = "|".join(rf"(?P<{name}>{some(name)})" for name in COMPARISONS)
        self._bound = re.compile(rf"(?:{bound})\s*(?P<value>{QUANTITY})\s*%?", re.IGNORECASE)
        after = rf"(?P<at_least>{some('at_least_after')})|(?P<at_most>{some('at_most_after')})"
        self._bound_after = re.compile(rf"(?P<value>{QUANTITY})\s*%?\s*(?:{after})", re.IGNORECASE)
        self._else = re.compile(some("otherwise"), re.IGNORECASE)
        self._scores = re.compile(rf"\s*(?:{some('scores')})?\s*", re.IGNORECASE)
        effects = "|".join(rf"(?P<{name}>{some(name)})" for name in _EFFECTS)
        self._outcome = re.compile(rf"{number}\s*(?:{some('points')})?\s*(?:[,;(]?\s*(?:{effects})\)?)?", re.IGNORECASE)
        self._no_outcome = re.compile(rf"(?:{some('no_points')})?\s*,?\s*(?:{effects})?", re.IGNORECASE)
        verbs = rf"(?:(?P<takes>{some('takes')})|(?P<gives>{some('gives')}))"
        self._step = re.compile(
            rf"(?:{some('each')})\s*(?:[^-\d$,;]*?(?P<each>{QUANTITY}))?\s*(?P<unit>[^-\d$,;]*?)\s*{verbs}\s*"
            rf"(?P<points>{QUANTITY})\s*(?:{some('points')})?",
            re.IGNORECASE,
        )
        self._limits = {
            name: re.compile(
                rf"(?:{some(word)})\s*{number}\s*(?:{some('points')}|%)?(?:{some('from_there')})?", re.IGNORECASE
            )
            for name, word in (
                *(("short_of", "below"), ("over", "above"), ("takes_at_most", "takes_at_most")),
                *(("cap", "cap"), ("floor", "floor"), ("start", "start")),
            )
        }
        self._part_steps = {name: re.compile(some(f"part_{name}"), re.IGNORECASE) for name in _PART_STEPS}
        self._to_nothing = re.compile(some("to_nothing"), re.IGNORECASE)
        self._line = re.compile(rf"(?:{some('line')})\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)
        self._corner = re.compile(rf"\(?\s*{number}\s*%?\s*(?:→|->|=>|:)\s*{number}\s*\)?")

    # --- writing

    def bound(self, band: Fields) -> str | None:
        """Write what a band asks for."""
        found = [name for name in COMPARISONS if name in band]
        if not found:
            return self._words.say("word.otherwise")
        value = band[found[0]]
        return f"{_SIGNS[found[0]]}{value}" if len(found) == 1 and isinstance(value, str) else None

    def outcome(self, data: Data) -> str | None:
        """Write points, and what else follows."""
        if isinstance(data, str):
            return data
        if not isinstance(data, dict) or not isinstance(data.get("points"), str):
            return None
        effect = data.get("effect")
        return f"{data['points']} {self._words.say(f'word.{effect}')}" if effect in _EFFECTS else str(data["points"])

    def scale(self, data: Fields) -> str | None:
        """Write the scale among the fields of a rule, or nothing where these words cannot say it."""
        data = {name: value for name, value in data.items() if name in ("bands", "line", "steps")}
        text: str | None = None
        if "steps" in data:
            text = self._written_steps(data["steps"])
        elif "line" in data:
            text = self._written_line(data["line"])
        elif isinstance(bands := data.get("bands"), list):
            written = [self._written_band(band) for band in bands]
            text = None if None in written else self._words.part_mark.join(map(str, written))
        try:
            return text if text and rule_without_defaults(self.read(text)) == rule_without_defaults(data) else None
        except SheetTextError:
            return None

    def _written_band(self, band: Data) -> str | None:
        if not isinstance(band, dict):
            return None
        bound, outcome = self.bound(band), self.outcome(band)
        return None if bound is None or outcome is None else f"{bound} {self._words.say('word.scores')} {outcome}"

    def _written_line(self, data: Data) -> str | None:
        if not isinstance(data, list) or not all(isinstance(corner, list) and len(corner) == 2 for corner in data):
            return None
        corners = [f"{corner[0]}→{corner[1]}" for corner in data if isinstance(corner, list)]
        return f"{self._words.say('word.line')} {self._words.say('word.comma').join(corners)}"

    def _written_steps(self, data: Data) -> str | None:
        if not isinstance(data, dict) or not set(data) <= _STEP_FIELDS or not isinstance(data.get("points"), str):
            return None
        say, points = self._words.say, str(data["points"])
        verb = say("word.takes" if points.startswith("-") else "word.gives")
        pieces = [f"{say('word.each')} {data.get('each', '1')} {verb} {points.removeprefix('-')}"]
        for name, word in (
            ("short_of", "below"),
            ("over", "above"),
            ("start", "start"),
            ("floor", "floor"),
            ("cap", "cap"),
        ):
            if name in data:
                pieces.append(f"{say(f'word.{word}')} {data[name]}")
        part_step = data.get("part_step", "ignore")
        if part_step != "ignore":
            pieces.append(say(f"word.part_{part_step}") if part_step in _PART_STEPS else "?")
        return say("word.comma").join(pieces)

    # --- reading

    def read_bound(self, text: str) -> Fields:
        """Read what a band asks for; nothing for the rest.

        Raises:
            SheetTextError: it is no bound.
        """
        clean = simple(text).strip()
        if not clean or self._else.fullmatch(clean):
            return {}
        found = self._bound.fullmatch(clean) or self._bound_after.fullmatch(clean)
        if not found:
            raise SheetTextError("authoring.bound_text", found=text[:40])
        return _comparison(found)

    def read_outcome(self, text: str) -> Data:
        """Read points, and what else follows; an effect without points goes with none."""
        clean = simple(text).strip()
        found, points = self._outcome.fullmatch(clean), ""
        if not found:
            found, points = (self._no_outcome.fullmatch(clean) if clean else None), "0"
        if not found:
            raise _lost(text)
        points = points or found[1]
        effect = next((name for name in _EFFECTS if found[name]), None)
        return {"points": points, "effect": effect} if effect else points

    def read(self, text: str, full: str = "") -> Fields:
        """Read a scale; ``full`` are the full marks that "takes at most" counts down from.

        Raises:
            SheetTextError: some piece of it cannot be understood.
        """
        clean = simple(text).strip()
        line = self._line.fullmatch(clean)
        if line:
            return {"line": self._read_line(line[1])}
        if self._step.match(clean):
            return {"steps": self.read_steps(clean, full)[0]}
        pieces = [piece for piece in re.split(r"[;\n]", clean) if piece.strip()]
        if len(pieces) == 1 and "," in clean:
            pieces = [piece for piece in re.split(r"[;\n,]", clean) if piece.strip()]
        return {"bands": [self._read_band(piece) for piece in pieces]}

    def _read_band(self, piece: str) -> Data:
        piece = piece.strip().rstrip(".。")
        found = self._bound.match(piece) or self._bound_after.match(piece)
        bound: Fields = _comparison(found) if found else {}
        end = found.end() if found else 0
        if not found:
            rest = self._else.match(piece)
            if not rest:
                raise _lost(piece)
            end = rest.end()
        scores = self._scores.match(piece, end)
        outcome = self.read_outcome(piece[scores.end() if scores else end :])
        return {**bound, **outcome} if isinstance(outcome, dict) else {**bound, "points": outcome}

    def _read_line(self, text: str) -> Data:
        pieces = [piece for piece in re.split(r"[,;、\n]", text) if piece.strip()]
        corners: list[Data] = []
        for piece in pieces:
            found = self._corner.fullmatch(piece.strip())
            if not found:
                raise _lost(piece)
            corners.append([found[1], found[2]])
        return corners

    def read_steps(self, text: str, full: str) -> tuple[Fields, str]:
        """Read steps, and the unit that they count in where it is named ("每处扣 2")."""
        pieces = [piece.strip() for piece in re.split(r"[,;、。\n]", simple(text)) if piece.strip()]
        found = self._step.fullmatch(pieces[0])
        if not found or (found["takes"] and found["points"].startswith(("$", "-"))):
            raise _lost(pieces[0])
        steps: Fields = {"points": f"-{found['points']}" if found["takes"] else found["points"]}
        if found["each"]:
            steps["each"] = found["each"]
        for piece in pieces[1:]:
            self._read_limit(piece, steps, full)
        return steps, found["unit"].strip()

    def _read_limit(self, piece: str, steps: Fields, full: str) -> None:
        for name, pattern in self._part_steps.items():
            if pattern.fullmatch(piece):
                steps["part_step"] = name
                return
        if self._to_nothing.fullmatch(piece):
            steps["floor"] = "0"
            return
        for name, pattern in self._limits.items():
            if found := pattern.fullmatch(piece):
                if name == "takes_at_most":
                    steps["floor"] = _left(full, found[1], piece)
                else:
                    steps[name] = found[1]
                return
        raise _lost(piece)


def _comparison(found: re.Match[str]) -> Fields:
    named = found.groupdict()
    return {name: named["value"] for name in COMPARISONS if named.get(name)}


def _left(full: str, taken: str, piece: str) -> str:
    """What is left of full marks when so much may be taken at most."""
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", full) or taken.startswith("$"):
        raise _lost(piece)
    return plain(Decimal(full) - Decimal(taken))


def _lost(piece: str) -> SheetTextError:
    return SheetTextError("authoring.rule_text", found=piece.strip()[:40])
