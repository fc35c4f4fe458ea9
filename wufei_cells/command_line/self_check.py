"""``wufei-cells --self-check``: does this program work on this machine?

No command among the others: it must answer where half of them could not even be loaded.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.command_line.session import language_of
from wufei_cells.services import self_checking
from wufei_cells.services.self_checking import Check, Outcome, Shipped
from wufei_cells.wording import Wording

OPTION = "--self-check"
MoreChecks = Callable[[Shipped], Iterable[Check]]


def main(argv: Sequence[str], more: MoreChecks | None = None) -> int:
    """Check the program and print what came of it; 0 when all is well, else 1.

    Args:
        argv: the options: ``--json``, ``--language``, ``--output FILE``.
        more: further checks (the window's), which run after the others.
    """
    options = _options(argv)
    everything = shipped.everything()
    wording = Wording(everything.catalogue, language_of(options.language))
    outcomes = [*self_checking.run(self_checking.core_checks(everything))]
    if more is not None:
        outcomes += self_checking.run(more(everything))
    written = _tell(_written(outcomes, wording, as_json=options.json), options.output)
    return 0 if written and all(outcome.passed for outcome in outcomes) else 1


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wufei-cells", allow_abbrev=False)
    parser.add_argument(OPTION, action="store_true", help="检查程序 / check whether the program works on this machine")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档 / print one JSON document")
    parser.add_argument("--language", choices=("zh", "en"), help="语言 / language of sentences")
    parser.add_argument("--output", type=Path, metavar="FILE", help="结果写入文件 / write the result into a file")
    return parser.parse_args(argv)


def _written(outcomes: Sequence[Outcome], wording: Wording, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(self_checking.document(outcomes, wording), ensure_ascii=False, indent=2)
    return "\n".join(self_checking.report(outcomes, wording))


def _tell(text: str, output: Path | None) -> bool:
    """Write the result; a program without a console has no stdout, and then only the exit code tells."""
    try:
        if output is not None:
            output.write_text(text + "\n", encoding="utf-8")
        if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison] - it is None without a console
            stream: object = sys.stdout
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
            print(text, flush=True)
    except OSError:
        return False
    return True
