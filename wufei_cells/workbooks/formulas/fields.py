"""What stands in the cells that people fill in: whether anything, whether it fits, and which number it is."""

from __future__ import annotations

from dataclasses import dataclass

from wufei_cells.workbooks.formulas.workings import quoted


@dataclass(frozen=True, slots=True)
class Answers:
    """The words with which yes and no are answered."""

    yes: str
    no: str


def given(cell: str) -> str:
    """1 where anything stands in a cell, else 0; a single minus clears what stood there."""
    return f"IF(ISERROR({cell}),1,IF({_empty(cell)},0,1))"


def number_state(cell: str) -> str:
    """1 for a number, 0 for nothing, -1 for anything else."""
    return f"IF(ISNUMBER({cell}),1,IF(ISERROR({cell}),-1,IF({_empty(cell)},0,-1)))"


def _empty(cell: str) -> str:
    return f'OR(TRIM({cell})="",TRIM({cell})="-",TRIM({cell})="－")'


def position(cell: str) -> str:
    """The number that a choice such as ``2 partly`` begins with; 0 where there is none."""
    return f'IFERROR(VALUE(LEFT(TRIM({cell}),FIND(" ",TRIM({cell})&" ")-1)),0)'


def choice_state(cell: str, place: str, count: int) -> str:
    """1 for one of so many choices, 0 for nothing, -1 for anything else; ``place`` is where its position stands."""
    fits = f"IF(AND({place}>=1,{place}<={count},{place}=INT({place})),1,-1)"
    return f"IF({given(cell)}=0,0,{fits})"


def says(cell: str, word: str) -> str:
    """Whether a cell holds a word; capital letters and blanks around it do not matter."""
    return f"IFERROR(TRIM({cell})={quoted(word)},FALSE)"


def yes_no_state(cell: str, words: Answers) -> str:
    """1 for yes or no, 0 for nothing, -1 for anything else."""
    known = f"OR({says(cell, words.yes)},{says(cell, words.no)})"
    return f"IF({given(cell)}=0,0,IF({known},1,-1))"
