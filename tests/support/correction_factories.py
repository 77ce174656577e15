"""Rows of corrections of made decisions."""

from datetime import UTC, date, datetime
from typing import Any

from projects.choices import DecisionPartKind
from projects.models import Decision, DecisionCorrection, InternalCorrection, PrintedCorrection


def correction(decision: Decision, **fields: Any) -> DecisionCorrection:
    """Not saved."""
    values = {
        "number": 1,
        "day": date(2018, 9, 28),
        "part": DecisionPartKind.DECISION,
        "old_words": "2 991 euroa",
        "new_words": "2 992 euroa",
        "reason": "Näppäilyvirhe.",
    }
    return DecisionCorrection(decision=decision, **{**values, **fields})


def make_correction(decision: Decision, **fields: Any) -> DecisionCorrection:
    row = correction(decision, **fields)
    row.save()
    return row


def print_of_correction(row: DecisionCorrection, **fields: Any) -> PrintedCorrection:
    """Not saved."""
    values = {"content": b"%PDF", "sha256": "0" * 64, "printed_at": datetime(2018, 9, 28, tzinfo=UTC)}
    return PrintedCorrection(correction=row, **{**values, **fields})


def internal_print_of_correction(row: DecisionCorrection, **fields: Any) -> InternalCorrection:
    """Not saved."""
    values = {"content": b"%PDF", "sha256": "0" * 64, "printed_at": datetime(2018, 9, 28, tzinfo=UTC)}
    return InternalCorrection(correction=row, **{**values, **fields})
