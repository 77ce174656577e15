"""The checks of the reconciliation: one function each, which registers itself.

A check never changes a figure: it shows both, and their difference. A difference that rounding alone
explains is a note, a larger one an error.
"""

from financing.reconciliation.checks import (
    claimed,
    claims,
    costs,
    days,
    decisions,
    grants,
    project,
    shares,
    sharing,
    spending,
    stated,
    sums,
    texts,
)
from financing.reconciliation.registry import REGISTERED

__all__ = [
    "CHECKS",
    "TITLES",
    "claimed",
    "claims",
    "costs",
    "days",
    "decisions",
    "grants",
    "project",
    "shares",
    "sharing",
    "spending",
    "stated",
    "sums",
    "texts",
]

CHECKS = tuple(sorted(REGISTERED, key=lambda check: check.code))
TITLES = {check.code: check.title for check in CHECKS}
