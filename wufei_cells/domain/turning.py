"""Turning an answer from one state into another without losing anything that was written.

The rules:

* Each state (met, deducted, set aside) has a note of its own. Turned from one into another, the note of the old
  state is kept there, and the note of the new one is shown again.
* A state that was never reached before has no note of its own yet: what is being written stays before the person's
  eyes, and a copy is kept for the state that was left. A state that was left without a note is empty again.
* A note written while nothing was answered belongs to the state that comes first; where that one has a note already,
  both are shown, one under the other.
* An answer set aside keeps its value and what it rests on; taken up again it has them back, and the reason for
  setting it aside is kept for the next time.

So every word is always in the note, in the reason, or in what is kept. Clearing an answer is no turning: the value and
what it rests on go (undoing brings them back), while notes and the reason are kept.
"""

from __future__ import annotations

from dataclasses import replace

from wufei_cells.domain.answers import Answer, Basis, Kept, State


def turned(answer: Answer, was: State | None, now: State | None) -> Answer:
    """Change notes where an answer was turned into another state.

    Args:
        answer: the answer with its new value or reason, and the note of before.
        was: the state that the note belongs to; ``None``: it was written while nothing was answered.
        now: the new state; ``None``: open again, which changes no note.
    """
    if now is None or now is was:
        return answer
    notes = dict(answer.kept.notes)
    own = notes.pop(now, None)
    if was is None:
        note = joined(own or "", answer.note)
    else:
        notes[was.value] = joined(notes.get(was, ""), answer.note)
        note = answer.note if own is None else own
    return replace(answer, note=note, kept=replace(answer.kept, notes=notes))


def set_aside(answer: Answer) -> Answer:
    """Take an item out of the assessment; the value is kept, and the reason of last time is there again."""
    if answer.na is not None:
        return answer
    return replace(answer, value=None, na=answer.kept.na or "", kept=replace(answer.kept, value=answer.value, na=None))


def taken_up(answer: Answer) -> Answer:
    """Take an item into the assessment again, with the value it had; the reason is kept."""
    if answer.na is None:
        return answer
    kept = replace(answer.kept, value=None, na=answer.na.strip() or answer.kept.na)
    return replace(answer, value=answer.kept.value, na=None, kept=kept)


def cleared(answer: Answer) -> Answer:
    """Take the answer away; notes and the reason for setting it aside stay."""
    reason = (answer.na or "").strip() or answer.kept.na
    return Answer(note=answer.note, kept=Kept(na=reason, notes=answer.kept.notes))


def taken_over(standing: Answer, earlier: Answer) -> Answer:
    """Let an earlier answer stand, beside what is written already."""
    bases = {
        path: _one_basis(standing.bases.get(path, Basis()), earlier.bases.get(path, Basis()))
        for path in (*earlier.bases, *(path for path in standing.bases if path not in earlier.bases))
    }
    notes = {
        state.value: joined(earlier.kept.notes.get(state, ""), standing.kept.notes.get(state, ""))
        for state in State
        if state in earlier.kept.notes or state in standing.kept.notes
    }
    reason = joined(earlier.kept.na or "", (standing.na or "").strip(), standing.kept.na or "")
    if earlier.na is not None and reason in earlier.na:
        reason = ""
    return replace(
        earlier,
        note=joined(earlier.note, standing.note),
        bases=bases,
        kept=Kept(earlier.kept.value, reason or None, notes),
    )


def offered_notes(answer: Answer) -> tuple[tuple[State, str], ...]:
    """Give the notes of other states that are not part of the note shown."""
    kept = ((state, answer.kept.notes.get(state, "")) for state in State)
    return tuple((state, note) for state, note in kept if note and note not in answer.note)


def brought_back(answer: Answer, state: State) -> Answer:
    """Put the note of another state under the one shown; it is kept there, too."""
    return replace(answer, note=joined(answer.note, answer.kept.notes.get(state, "")))


def joined(*texts: str) -> str:
    """Put texts under each other, without those that stand there already."""
    together = ""
    for text in texts:
        if text and text not in together:
            together = text if together in text else f"{together}\n{text}"
    return together


def _one_basis(standing: Basis, earlier: Basis) -> Basis:
    """Put together what two answers rest on; only the earlier one's rows make its sums."""
    words = tuple(replace(row, numbers={}) for row in standing.rows if row.text and row not in earlier.rows)
    period, source = _both(earlier.period, standing.period), _both(earlier.source, standing.source)
    return Basis(period, source, (*earlier.rows, *words))


def _both(one: str, other: str) -> str:
    return joined(one, other).replace("\n", " / ")
