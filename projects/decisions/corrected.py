"""A made decision as its corrections have left its texts. What is stored of it stays as it was made."""

from collections.abc import Iterable, Mapping, Sequence

from mikrogrow.values.corrected_text import Piece, corrected_text, pieces_of
from projects.choices import CONDITIONS, TITLE, DecisionPartKind
from projects.models import Decision, DecisionCorrection

Pieces = Mapping[str, tuple[Piece, ...]]


def corrections_of(decision: Decision) -> list[DecisionCorrection]:
    """With their prints but the bytes, in one query; none of one that is not made."""
    if not decision.is_frozen:
        return []
    rows = DecisionCorrection.objects.filter(decision=decision).order_by("number")
    return list(rows.select_related("printed").defer("printed__content"))


def texts_of(decision: Decision) -> dict[str, str]:
    """What can be corrected, by the kind of part, without what is empty; read it `with_contents()`."""
    parts = {row.kind: row.text for row in decision.parts.all() if row.kind != DecisionPartKind.SOURCE}
    found = {TITLE: decision.title, **parts, CONDITIONS: decision.conditions}
    return {kind: text for kind, text in found.items() if text}


def corrected_pieces(decision: Decision, corrections: Sequence[DecisionCorrection]) -> Pieces:
    """Of the parts that were corrected. The decision has the texts of the day when it was made."""
    texts = texts_of(decision)
    kinds = dict.fromkeys(row.part for row in corrections)
    return {kind: pieces_of(texts.get(kind, ""), _replacements(corrections, kind)) for kind in kinds}


def read_corrected(decision: Decision, corrections: Sequence[DecisionCorrection]) -> Decision:
    """Gives the row in memory its corrected texts, for who shows or prints it. It is never saved."""
    for part in decision.parts.all():
        part.text = corrected_text(part.text, _replacements(corrections, part.kind))
    decision.title = corrected_text(decision.title, _replacements(corrections, TITLE))
    decision.conditions = corrected_text(decision.conditions, _replacements(corrections, CONDITIONS))
    return decision


def _replacements(corrections: Iterable[DecisionCorrection], kind: str) -> list[tuple[str, str]]:
    return [(row.old_words, row.new_words) for row in corrections if row.part == kind]
