"""Lays out the way to the goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from wufei_cells.charts.burn_up import BurnUp
from wufei_cells.charts.chart_table import printed, whole
from wufei_cells.charts.drawing import GAP, Drawing
from wufei_cells.charts.labels import MIDDLE, Rect, crosses, cut, room_of, spread
from wufei_cells.charts.legend import DASH, LegendEntry, Sample, drop_mark, lay_legend
from wufei_cells.charts.marks import Area, Dot, Label, Line, Mark, Measure, Picture, Side, Tone
from wufei_cells.charts.scales import Scale, round_ticks
from wufei_cells.charts.time_axis import TimeAxis, TimeAxisMaker

GOAL_DASH = (6.0, 4.0)
NEAR_THE_END = 0.97
Points = tuple[tuple[float, float], ...]


def lay_out_burn_up(chart: BurnUp, width: float, height: float | None, size: float, measure: Measure) -> Picture:
    """Give every mark its place."""
    return _BurnUpLayout(chart, width, height, size, measure).lay_out()


class _BurnUpLayout:
    """One chart on its way to a picture."""

    def __init__(self, chart: BurnUp, width: float, height: float | None, size: float, measure: Measure) -> None:
        self.chart = chart
        self.drawing = drawing = Drawing(width, size, measure)
        natural = min(max(drawing.width * 0.42, size * 22), size * 30)
        self.height = max(natural if height is None else height, size * 13)
        head = self._head()
        self.bottom = self.height - size * 3.2
        self.right = drawing.width - self._margin()
        for lines in (1, 2):
            self.top = head + size * (0.8 + 1.3 * lines)
            self.values = self._value_scale()
            self.left = drawing.widest(self.ticks.texts()) + GAP
            self.days = self._day_axis()
            self.names_of_days = self._name_lines()
            if len({label.y for label in self.names_of_days}) <= lines:
                break

    def lay_out(self) -> Picture:
        drawing = self.drawing
        drawing.grid(self.ticks, self.ticks.texts(), self.values, self.left, self.right)
        self._name_days()
        self._draw_fan()
        self._draw_goal()
        planned = self._draw_planned()
        steps = self._draw_steps()
        self._label_ends()
        self._label_now([steps, planned, *self._goal_lines()])
        drawing.add(*self.names_of_days)
        self._make_spots()
        return drawing.picture(self.height)

    # --- room

    def _head(self) -> float:
        """Set the legend; give where it ends."""
        chart, drawing = self.chart, self.drawing
        words = chart.words
        entries = [LegendEntry(words.valid, Tone.ACCENT, Sample.LINE)]
        if any(after.value < before.value for before, after in pairwise(chart.steps)):
            entries.append(LegendEntry(words.lost, Tone.ATTENTION, Sample.DROP))
        if chart.planned:
            entries.append(LegendEntry(words.planned, Tone.QUIET, Sample.DASHED))
        if chart.expected:
            entries.append(LegendEntry(words.expected, Tone.SOFT))
        legend = lay_legend(entries, 0, 0, drawing.width, drawing.size, drawing.measure)
        drawing.add(*legend.marks)
        return legend.height

    def _value_scale(self) -> Scale:
        chart = self.chart
        values = [one.value for one in (*chart.steps, *chart.planned)]
        values += [value for one in chart.expected for value in (one.low, one.likely, one.high)]
        values += [chart.goal.value] if chart.goal else []
        room = int((self.bottom - self.top) / (self.drawing.size * 2.4)) + 1
        self.ticks = round_ticks(min(values, default=0), max(values, default=0), room)
        return Scale(self.ticks.low, self.ticks.high, self.bottom, self.top)

    def _margin(self) -> float:
        """Give the room at the right for what stands at the ends of lines."""
        chart, drawing = self.chart, self.drawing
        texts = [chart.goal.text] if chart.goal else []
        texts += [chart.expected_text] if chart.expected else []
        wide = min(drawing.widest(texts, bold=True), drawing.width * 0.3)
        return wide + GAP if wide else GAP

    def _day_axis(self) -> TimeAxis:
        chart, drawing = self.chart, self.drawing
        days = [chart.on, *(one.on for one in (*chart.steps, *chart.planned, *chart.expected))]
        days += [chart.goal.day] if chart.goal and chart.goal.day else []
        maker = TimeAxisMaker(chart.time, drawing.size, drawing.measure)
        return maker.make(min(days), max(days), self.left, self.right)

    def _at(self, day: date, value: float) -> tuple[float, float]:
        return self.days.at(day), self.values.at(value)

    # --- marks

    def _name_days(self) -> None:
        drawing, size = self.drawing, self.drawing.size
        for x in self.days.lines:
            drawing.upright(x, self.bottom, self.bottom + size * 0.35, Tone.QUIET)
        for line, names in enumerate((self.days.names, self.days.years)):
            for name in names:
                label = drawing.centered(name.x, name.text)
                drawing.text(label.x, self.bottom + size * (1.35 + 1.35 * line), name.text, Tone.QUIET, Side.MIDDLE)

    def _draw_fan(self) -> None:
        chart = self.chart
        if not chart.expected or not chart.steps:
            return
        start = self._at(chart.on, chart.steps[-1].value)
        highs = [self._at(one.on, one.high) for one in chart.expected]
        lows = [self._at(one.on, one.low) for one in reversed(chart.expected)]
        likely = [self._at(one.on, one.likely) for one in chart.expected]
        self.drawing.under([Area((start, *highs, *lows), Tone.SOFT)])
        self.drawing.add(Line((start, *likely), Tone.ACCENT, 2.0, (2.0, 3.0)))

    def _goal_lines(self) -> list[Points]:
        """Give the level line of the goal, and the upright one of its day."""
        goal = self.chart.goal
        if not goal:
            return []
        y = self.values.at(goal.value)
        level = ((self.left, y), (self.right, y))
        if not goal.day:
            return [level]
        x = self.days.at(goal.day)
        return [level, ((x, self.top), (x, self.bottom))]

    def _draw_goal(self) -> None:
        lines = self._goal_lines()
        for line, tone, width in zip(lines, (Tone.INK, Tone.QUIET), (1.5, 1.0), strict=False):
            self.drawing.add(Line(line, tone, width, GOAL_DASH))
        goal = self.chart.goal
        if goal and goal.day:
            self.drawing.add(Dot(*self._at(goal.day, goal.value), 4.0, Tone.INK))

    def _draw_planned(self) -> Points:
        points = tuple(self._at(one.on, one.value) for one in self.chart.planned)
        if len(points) > 1:
            self.drawing.add(Line(points, Tone.QUIET, 1.5, DASH))
        self.drawing.add(*(Dot(x, y, 3.0, Tone.QUIET, hollow=True) for x, y in points))
        return points

    def _draw_steps(self) -> Points:
        """Draw the way so far as stairs, what was lost in a tone of its own."""
        chart, drawing = self.chart, self.drawing
        drawing.upright(self.days.at(chart.on), self.top, self.bottom, Tone.QUIET)
        points: list[tuple[float, float]] = []
        drops: list[Mark] = []
        for step in chart.steps:
            x, y = self._at(step.on, step.value)
            if points:
                before = points[-1][1]
                points.append((x, before))
                if y > before:
                    drops += [Line(((x, before), (x, y)), Tone.ATTENTION, 3.0), drop_mark(x, y)]
            points.append((x, y))
        if points:
            points.append((self.days.at(chart.on), points[-1][1]))
            drawing.add(Line(tuple(points), Tone.ACCENT, 2.0), *drops, Dot(*points[-1], 3.5, Tone.ACCENT))
        return tuple(points)

    # --- texts

    def _label_ends(self) -> None:
        """Write what lines lead to at the right of them, none over another."""
        chart, drawing, size = self.chart, self.drawing, self.drawing.size
        ends: list[tuple[float, str, Tone, bool]] = []
        if chart.goal:
            ends.append((self.values.at(chart.goal.value), chart.goal.text, Tone.INK, False))
        if chart.expected and chart.expected_text:
            y = self.values.at(chart.expected[-1].likely)
            ends.append((y, chart.expected_text, Tone.ACCENT, True))
        places = spread([y for y, *_ in ends], size * 1.3, self.top - size, self.bottom)
        for place, (_, text, tone, bold) in zip(places, ends, strict=True):
            room = drawing.width - self.right - GAP * 0.75
            fitted = cut(text, room, size, drawing.measure, bold=bold)
            drawing.text(self.right + GAP * 0.75, place + MIDDLE * size, fitted, tone, bold=bold)

    def _label_now(self, lines: list[Points]) -> None:
        """Write the figure of today beside its point, where no line goes through it."""
        chart, drawing, size = self.chart, self.drawing, self.drawing.size
        if not chart.steps:
            return
        x, y = self._at(chart.on, chart.steps[-1].value)
        text = printed(whole(chart.steps[-1].value))
        above, below = y - size * 0.55, y + size * 1.25
        places = [(x - GAP, above, Side.RIGHT), (x + GAP, below, Side.LEFT), (x + GAP, above, Side.LEFT)]
        places += [(x - GAP, below, Side.RIGHT)]
        labels = [Label(*place[:2], text, size * 1.2, Tone.ACCENT, place[2], bold=True) for place in places]
        plot = Rect(self.left, self.top - size, self.right, self.bottom)
        inside = [(label, room) for label in labels if plot.holds(room := room_of(label, drawing.measure))]
        free = (label for label, room in inside if not any(crosses(room, line) for line in lines))
        drawing.add(*([found] if (found := next(free, inside[0][0] if inside else None)) else []))

    def _name_lines(self) -> list[Label]:
        """Name the day of the figures and the goal's day above their lines, in two lines when they would meet."""
        chart, drawing, size = self.chart, self.drawing, self.drawing.size
        named = [(self.days.at(chart.on), chart.on_text)]
        named += [(self.days.at(chart.goal.day), chart.goal.day_text)] if chart.goal and chart.goal.day else []
        labels: list[Label] = []
        for x, text in named:
            fitted = drawing.centered(x, cut(text, drawing.width, size, drawing.measure))
            label = replace(fitted, y=self.top - size * 0.8)
            room = room_of(label, drawing.measure)
            wide = Rect(room.left - GAP, room.top, room.right + GAP, room.bottom)
            if any(wide.meets(room_of(other, drawing.measure)) for other in labels):
                label = replace(label, y=label.y - size * 1.3)
            labels += [label] if text else []
        return labels

    # --- spots

    def _make_spots(self) -> None:
        chart, drawing = self.chart, self.drawing
        now = self.days.at(chart.on)
        starts = [self.days.at(step.on) for step in chart.steps]
        for step, start, end in zip(chart.steps, starts, [*starts[1:], now], strict=False):
            drawing.spot(start, self.top, end, self.bottom, step.said, step.key)
        for one in chart.planned:
            x, y = self._at(one.on, one.value)
            drawing.spot(x - 7, y - 7, x + 7, y + 7, one.said, one.key)
        start = now
        for one in chart.expected:
            end = self.days.at(one.on)
            drawing.spot(start, self.top, end, self.bottom, one.said, one.key)
            start = end
        if chart.goal:
            y = self.values.at(chart.goal.value)
            drawing.spot(self.left, y - 4, drawing.width, y + 4, chart.goal.said, chart.goal.key)
