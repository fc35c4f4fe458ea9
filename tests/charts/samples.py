"""Charts of a made-up city, in both languages, for tests and for looking at them."""

from __future__ import annotations

from datetime import date, timedelta

from wufei_cells.charts.bars import BarRow, Bars
from wufei_cells.charts.burn_up import BurnUp, BurnUpWords, Goal
from wufei_cells.charts.columns import Column, Columns
from wufei_cells.charts.figures import DayFigure, Expected, Figure, Series, TimeWords
from wufei_cells.charts.heat import Heat, HeatCell, HeatRow
from wufei_cells.charts.marks import Pattern, Tone
from wufei_cells.charts.ranges import RangeRow, Ranges, RangeWords

ON = date(2026, 11, 22)
CHINESE = TimeWords(tuple(f"{month}月" for month in range(1, 13)), ("一季度", "二季度", "三季度", "四季度"))
ENGLISH = TimeWords(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), ("Q1", "Q2", "Q3", "Q4")
)
CATEGORIES = {
    "zh": ("机关", "学校", "医院", "商场超市", "宾馆酒店", "工厂", "景区", "村庄"),
    "en": ("Offices", "Schools", "Hospitals", "Shops", "Hotels", "Factories", "Scenic areas", "Villages"),
}
DISTRICTS = {
    "zh": ("解放区", "山阳区", "中站区", "马村区", "修武县", "武陟县", "温县", "博爱县", "沁阳市", "孟州市"),
    "en": ("Jiefang", "Shanyang", "Zhongzhan", "Macun", "Xiuwu", "Wuzhi", "Wenxian", "Bo'ai", "Qinyang", "Mengzhou"),
}
COUNTS = (1, 3, 4, 9, 12, 11, 15, 18, 22, 21, 27, 31, 30, 34, 37)


def burn_up(language: str = "zh") -> BurnUp:
    zh = language == "zh"
    days = [date(2025, 3, 10) + timedelta(days=43 * place) for place in range(len(COUNTS))]
    steps = tuple(
        DayFigure(day, count, f"{day}：{count}", ("valid", day)) for day, count in zip(days, COUNTS, strict=True)
    )
    months = [date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31)]
    expected = tuple(
        Expected(day, 38 + 13 * place, 40 + 14.5 * place, 41 + 16 * place, f"{day}", ("expected", day))
        for place, day in enumerate(months)
    )
    words = ("日期", "有效细胞", "计划", "预计", "低", "最可能", "高", "到期或撤销")
    english = ("Day", "Valid cells", "Planned", "Expected", "Low", "Likely", "High", "Expired or withdrawn")
    planned = tuple(
        DayFigure(day, count, f"{day}: {count}")
        for day, count in (
            (date(2025, 3, 10), 0),
            (date(2025, 12, 31), 20),
            (date(2026, 12, 31), 60),
            (date(2027, 12, 31), 100),
        )
    )
    return BurnUp(
        "通往 100 个细胞" if zh else "The way to 100 cells",
        "现有 37 个有效细胞。" if zh else "37 cells are valid.",
        ON,
        f"今天 {ON}" if zh else f"Today {ON}",
        steps,
        BurnUpWords(*(words if zh else english)),
        CHINESE if zh else ENGLISH,
        Goal(100, "目标 100" if zh else "Goal 100", "目标", date(2027, 12, 31), "2027-12-31", "goal"),
        planned,
        expected,
        "92–104",
    )


WAYS = (
    ((6, 2, 3, 1), 12),
    ((11, 1, 0, 4), 15),
    ((2, 0, 1, 0), 6),
    ((0, 0, 0, 0), 8),
    ((4, 3, 2, 6), None),
    ((7, 0, 9, 2), 20),
    ((5, 1, 1, 1), 8),
    ((2, 8, 0, 12), 30),
)


def bars(language: str = "zh") -> Bars:
    zh = language == "zh"
    texts = ("有效", "已通过", "评估中", "已申报") if zh else ("Valid", "Passed", "Being scored", "Applied")
    tones = (Tone.ACCENT, Tone.SERIES_5, Tone.SERIES_2, Tone.SOFT)
    patterns = (Pattern.PLAIN, Pattern.STRIPES, Pattern.DOTS, Pattern.CROSSED)
    rows = []
    for name, (values, target) in zip(CATEGORIES[language], WAYS, strict=True):
        named = zip(values, texts, strict=True)
        parts = tuple(Figure(value, f"{name} {text} {value}", (name, text)) for value, text in named)
        share = f"{values[0] / target:.0%}" if target else "–"
        figures = (str(values[0]), str(target or "–"), share)
        rows.append(BarRow(name, parts, f"{name}：{sum(values)}", name, target, figures))
    series = tuple(Series(*look) for look in zip(texts, tones, patterns, strict=True))
    heads = ("有效", "目标", "达成") if zh else ("Valid", "Target", "Share")
    title, head, target = ("按类别", "类别", "目标") if zh else ("By category", "Category", "Target")
    return Bars(title, "", head, series, tuple(rows), target, heads)


def columns(language: str = "zh") -> Columns:
    zh = language == "zh"
    time = CHINESE if zh else ENGLISH
    found, level = [], 9
    for place in range(18):
        year, month = divmod(2025 * 12 + 5 + place, 12)
        up, down = (place * 7) % 5, (place * 3) % 4 if place % 3 == 0 else 0
        level += up - down
        name = time.months[month]
        found.append(
            Column(
                name,
                Figure(up, f"+{up}", ("up", place)),
                Figure(down, f"-{down}", ("down", place)),
                Figure(level, str(level), ("level", place)),
                str(year),
                emphasized=place == 17,
            )
        )
    return Columns(
        "每月增减" if zh else "Gained and lost by month",
        "",
        "月份" if zh else "Month",
        tuple(found),
        Series("新增" if zh else "Gained", Tone.ACCENT),
        Series("到期或撤销" if zh else "Expired or withdrawn", Tone.ATTENTION, Pattern.STRIPES),
        Series("有效细胞" if zh else "Valid cells", Tone.SERIES_1),
    )


def heat(language: str = "zh") -> Heat:
    names, districts = CATEGORIES[language], DISTRICTS[language]

    def cell(row: int, column: int) -> HeatCell | None:
        value, target = (row * 5 + column * 3) % 7, (row + column) % 6
        if (row * column) % 9 == 5:
            return None
        text = f"{value}/{target}" if target else str(value)
        return HeatCell(text, f"{districts[row]} {names[column]} {text}", value, target or None, (row, column))

    rows = tuple(
        HeatRow(
            name,
            tuple(cell(row, column) for column in range(len(names))),
            HeatCell(f"{row * 3}/{20}", name, row * 3, 20, name),
        )
        for row, name in enumerate(districts)
    )
    totals = tuple(HeatCell(f"{column * 6}/40", name, column * 6, 40, name) for column, name in enumerate(names))
    total = "合计" if language == "zh" else "Total"
    scale = ("0", "<1/3", "<2/3", "<1", "≥1") if language == "zh" else ("0", "< 1/3", "< 2/3", "< 1", "≥ 1")
    title, head = ("县区 × 类别", "县区") if language == "zh" else ("District × category", "District")
    return Heat(title, "", head, names, rows, totals, HeatCell("168/320", total, 168, 320, "all"), total, scale)


def ranges(language: str = "zh") -> Ranges:
    zh = language == "zh"
    people = (
        ("张评估", "李晓明", "王芳", "陈静", "赵强", "欧阳建国")
        if zh
        else ("Zhang P.", "Li X.", "Wang F.", "Chen J.", "Zhao Q.", "Ouyang J.")
    )
    figures = (
        (-2.4, -3.3, -1.5, 34),
        (-0.4, -1.1, 0.3, 51),
        (0.2, -0.5, 0.9, 47),
        (0.6, -0.9, 2.1, 12),
        (1.9, None, None, 2),
        (2.8, 1.2, 4.4, 9),
    )
    rows = tuple(
        RangeRow(
            name, value, f"{name} {value}", low, high, f"{value:+.1f}  n={count}", name, count, noticed=abs(value) > 2
        )
        for name, (value, low, high, count) in zip(people, figures, strict=True)
    )
    words = (
        RangeWords("评估人", "偏差", "低", "高", "次数", "偏严", "偏松")
        if zh
        else RangeWords("Assessor", "Deviation", "Low", "High", "Count", "stricter", "more lenient")
    )
    return Ranges("打分尺度" if zh else "How strictly people score", "", words, rows, "分" if zh else "Points")


ALL = {"burn_up": burn_up, "bars": bars, "columns": columns, "heat": heat, "ranges": ranges}
