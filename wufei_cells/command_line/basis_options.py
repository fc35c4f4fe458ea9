"""Options that say what a number rests on: period, source, and rows whose numbers add up to it."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace

from wufei_cells.domain.answers import Answer, Basis, BasisRow
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.errors import UserError
from wufei_cells.scoring.bases import NUMBER, basis_fields, rule_at
from wufei_cells.scoring.numbers import read_number
from wufei_cells.services import answering, browsing

_NAMED = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(\S+?)(?:[\s,，;；]+|$)")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--part", default="", metavar="PART", help="依据属于哪个部分 / the part the basis belongs to")
    parser.add_argument("--period", metavar="TEXT", help="数据的期间 / the period of the number")
    parser.add_argument("--source", metavar="TEXT", help="数据的来源 / where the number comes from")
    parser.add_argument(
        "--row",
        action="append",
        metavar="TEXT: NUMBER",
        help='明细,可多次;取代原有明细,"" 为清空 / a row, repeatable; replaces those that stand, "" clears them',
    )


def are_given(args: argparse.Namespace) -> bool:
    """Tell whether any of the options is there."""
    return args.period is not None or args.source is not None or args.row is not None


def apply(sheet: browsing.Sheet, args: argparse.Namespace, answer: Answer) -> Answer:
    """Give an answer the basis that the options describe; what they do not speak of stays.

    Raises:
        UserError: the item has no such part, or a row cannot be understood.
    """
    if not are_given(args):
        return answer
    path = str(args.part)
    basis = answer.bases.get(path, Basis())
    if args.period is not None:
        basis = replace(basis, period=str(args.period).strip())
    if args.source is not None:
        basis = replace(basis, source=str(args.source).strip())
    if args.row is not None:
        fields = _fields(sheet.checklist.entry(args.item), args.item, path)
        basis = replace(basis, rows=tuple(_row(text, fields) for text in args.row if text.strip()))
    return answering.with_bases(sheet, args.item, answer, {**answer.bases, path: basis})


def _fields(entry: Gate | Item | None, item: str, path: str) -> tuple[str, ...]:
    try:
        return basis_fields(rule_at(entry.rule if isinstance(entry, Item) else None, path))
    except KeyError:
        raise UserError("cli.no_part", item=item, part=path) from None


def _row(text: str, fields: tuple[str, ...]) -> BasisRow:
    """Read a row: words, and after the last colon its numbers, if there are any."""
    found = re.fullmatch(r"(.*)[:：]\s*([^:：]*)", text.strip())
    if found is None or not fields:
        return BasisRow(text.strip())
    numbers = _numbers(found[2].strip(), fields)
    if numbers:
        return BasisRow(found[1].strip(), numbers)
    if found[2][:1].isdigit() or "=" in found[2]:
        raise UserError("cli.row", found=text, allowed=_example(fields))
    return BasisRow(text.strip())


def _numbers(text: str, fields: tuple[str, ...]) -> dict[str, str]:
    """Read the numbers of a row: one alone, two with a sign between them, or each with its name."""
    single = re.split(r"\s*(?:/|→|->)\s*", text)
    if len(single) == len(fields) and all(read_number(number) is not None for number in single):
        return dict(zip(fields, single, strict=True))
    named = _NAMED.findall(text)
    together = {name: number for name, number in named if name in fields and read_number(number) is not None}
    return together if named and len(together) == len(named) and not _NAMED.sub("", text).strip() else {}


def _example(fields: tuple[str, ...]) -> str:
    return "3" if fields == (NUMBER,) else " ".join(f"{field}=3" for field in fields)
