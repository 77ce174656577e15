"""A made decision as its corrections have left it. What is stored of it stays as it was made."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date

from mikrogrow.values.corrected_text import Piece, corrected_text, pieces_of
from projects.choices import CONDITIONS, TITLE, DecisionPartKind
from projects.decisions.correctable import COLUMNS, put_value, row_at
from projects.models import CorrectionPrint, Decision, DecisionCorrection, KeptPrint
from projects.models.corrections import MEETING_DATE, SECTION

# What a list shows of a decision.
NAMING = {SECTION, MEETING_DATE, "case_number", TITLE}

Pieces = Mapping[str, tuple[Piece, ...]]


def corrections_of(decision: Decision) -> list[DecisionCorrection]:
    """With their prints but the bytes, in one query; none of one that is not made."""
    if not decision.is_frozen:
        return []
    rows = DecisionCorrection.objects.filter(decision=decision).order_by("number")
    rows = rows.select_related("printed", "internal_print")
    found = list(rows.defer("printed__content", "internal_print__content"))
    for row in found:
        row.decision = decision
    return found


def texts_of(decision: Decision) -> dict[str, str]:
    """The texts, by the kind of part, without what is empty; read it `with_contents()`."""
    parts = {row.kind: row.text for row in decision.parts.all() if row.kind != DecisionPartKind.SOURCE}
    found = {TITLE: decision.title, **parts, CONDITIONS: decision.conditions}
    return {kind: text for kind, text in found.items() if text}


def corrected_pieces(decision: Decision, corrections: Sequence[DecisionCorrection]) -> Pieces:
    """Of the texts that were corrected. The decision has those of the day when it was made."""
    texts = texts_of(decision)
    of_texts = [row for row in corrections if row.row_key is None and not COLUMNS[row.part].is_whole]
    replaced: dict[str, list[tuple[str, str]]] = {}
    for row in of_texts:
        replaced.setdefault(row.part, []).append((row.old_words, row.new_words))
    return {kind: pieces_of(texts.get(kind, ""), words) for kind, words in replaced.items()}


def read_corrected(decision: Decision, corrections: Iterable[DecisionCorrection]) -> Decision:
    """Corrects the row in memory and those of its contents, for who shows or prints it. It is never saved."""
    for correction in corrections:
        _correct_in_memory(decision, correction)
    return decision


def with_corrections(decisions: Iterable[Decision]) -> list[Decision]:
    """For lists: what names each is as it was corrected, and each that was corrected in anything says so.

    In one query, whatever their number; none if none is made.
    """
    found = list(decisions)
    made: dict[int, list[Decision]] = {}
    for decision in found:
        if decision.is_frozen:
            made.setdefault(decision.pk, []).append(decision)
    rows = DecisionCorrection.objects.filter(decision__in=list(made)).order_by("number") if made else ()
    for correction in rows:
        for decision in made[correction.decision_id]:
            decision.is_corrected = True
            if correction.part in NAMING:
                _correct_in_memory(decision, correction)
    return found


def as_known_to(decision: Decision, other: Decision | None) -> Decision | None:
    """What names the other, as it was corrected by the day when the decision was made, or by now."""
    if other is None:
        return None
    day = decision.meeting_date if decision.is_frozen else date.max
    rows = sorted(other.corrections.all(), key=lambda row: row.number)
    by_then = [row for row in rows if row.part in NAMING and day is not None and row.day <= day]
    return read_corrected(copy(other), by_then)


def _correct_in_memory(decision: Decision, correction: DecisionCorrection) -> None:
    row, column = row_at(decision, correction.part, correction.row_key), COLUMNS[correction.part]
    if row is None:
        return
    if column.is_whole:
        put_value(row, correction.part, correction.new_words)
    else:
        words = [(correction.old_words, correction.new_words)]
        setattr(row, column.name, corrected_text(getattr(row, column.name), words))


def as_printed(printed: KeptPrint) -> Decision:
    """By what the print itself calls its decision: its title, section and day, as they were by then."""
    decision: Decision = printed.decision
    if not isinstance(printed, CorrectionPrint):
        return decision
    own = [part for part, column in COLUMNS.items() if not column.rows]
    rows = DecisionCorrection.objects.filter(decision=decision, number__lte=printed.correction.number)
    return read_corrected(copy(decision), rows.filter(part__in=own).order_by("number"))
