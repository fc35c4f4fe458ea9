"""Commands on the indicators of the city's plan: look at them, record what was reached."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.indicators import IndicatorValue, YearValue
from wufei_cells.services import indicating
from wufei_cells.services.indicating import IndicatorView


def number(text: str) -> Decimal:
    """Read a decimal number as an argument."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    what = "全市指标 / indicators of the plan"
    group = commands.add_parser("indicator", help=what).add_subparsers(required=True, metavar="WHAT")
    listing = group.add_parser("list", parents=[common], help="列出指标和进展 / list them and how they stand")
    listing.add_argument("--year", type=int, metavar="YYYY", help="默认今年 / this year")
    listing.set_defaults(run=list_indicators)
    showing = group.add_parser("show", parents=[common], help="查看一项 / show one with all its values")
    setting = group.add_parser("set", parents=[common], help="登记数值 / record a value")
    removing = group.add_parser("remove", parents=[common], help="删数值 / take a value out")
    for parser, handler in ((showing, show), (setting, set_value), (removing, remove)):
        parser.add_argument("indicator", metavar="INDICATOR")
        parser.set_defaults(run=handler)
    for parser in (setting, removing):
        parser.add_argument("year", type=int, metavar="YYYY")
    setting.add_argument("value", type=number, metavar="VALUE")
    setting.add_argument("--source", required=True, metavar="TEXT", help="数据来源 / where it comes from")
    setting.add_argument("--preliminary", action="store_true", help="快报数 / not final")
    setting.add_argument("--note", default="", metavar="TEXT")


def list_indicators(session: Session, args: argparse.Namespace) -> int:
    """List the indicators."""
    views = indicating.indicators(session.workspace, args.year)
    lines = [_line(session, view) for view in views] or [session.say("indicator.cli_none")]
    return session.show([_json(view) for view in views], lines)


def show(session: Session, args: argparse.Namespace) -> int:
    """Show an indicator with all its values."""
    return _show(session, indicating.indicator(session.workspace, args.indicator))


def set_value(session: Session, args: argparse.Namespace) -> int:
    """Record what was reached in a year."""
    said = IndicatorValue(args.year, args.value, args.preliminary, args.source, args.note)
    return _show(session, indicating.record_value(session.workspace, args.indicator, said))


def remove(session: Session, args: argparse.Namespace) -> int:
    """Take the value of a year out."""
    return _show(session, indicating.remove_value(session.workspace, args.indicator, args.year))


def _show(session: Session, view: IndicatorView) -> int:
    unit = session.text(view.indicator.unit)
    lines = [_line(session, view)]
    lines += [
        session.say("indicator.cli_target", year=one.year, value=plain(one.value), unit=unit)
        for one in view.indicator.targets
    ]
    for row in view.values:
        said = row.said
        code = "indicator.cli_preliminary" if said.preliminary else "indicator.cli_value"
        lines.append(session.say(code, year=said.year, value=plain(said.value), unit=unit, source=said.source))
    return session.show(_json(view), lines)


def _line(session: Session, view: IndicatorView) -> str:
    return session.say(
        "indicator.cli_line",
        indicator=view.indicator.key,
        name=session.text(view.indicator.text),
        reached=_reached(session, view),
        wanted=_told(session, view, view.target),
        status=session.say(f"indicator.status.{view.status.value}"),
        trend=session.say(f"indicator.trend.{view.trend.value}"),
    )


def _reached(session: Session, view: IndicatorView) -> str:
    """Tell the newest value, and whether it may still be put right."""
    code = "indicator.cli_year_preliminary" if view.latest and view.latest.preliminary else "indicator.cli_year"
    return _told(session, view, view.latest, code)


def _told(
    session: Session, view: IndicatorView, one: YearValue | IndicatorValue | None, code: str = "indicator.cli_year"
) -> str:
    if one is None:
        return session.say("indicator.cli_no_value")
    return session.say(code, year=one.year, value=plain(one.value), unit=session.text(view.indicator.unit))


def _json(view: IndicatorView) -> dict[str, object]:
    one = view.indicator
    return {
        "key": one.key,
        "text": {"zh": one.text.zh, "en": one.text.en},
        "unit": one.unit.zh,
        "better": one.better.value,
        "baseline": _year_json(one.baseline),
        "targets": [_year_json(target) for target in one.targets],
        "target": _year_json(view.target),
        "status": view.status.value,
        "trend": view.trend.value,
        "leads": [lead.zh for lead in one.leads],
        "source": {"zh": one.source.zh, "en": one.source.en},
        "values": [
            {
                "year": row.said.year,
                "value": plain(row.said.value),
                "preliminary": row.said.preliminary,
                "source": row.said.source,
                "note": row.said.note,
                "author": row.author,
                "at": row.at.isoformat(),
            }
            for row in view.values
        ],
    }


def _year_json(one: YearValue | None) -> dict[str, object] | None:
    return {"year": one.year, "value": plain(one.value)} if one else None
