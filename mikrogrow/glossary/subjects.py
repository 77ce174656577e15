"""The whole glossary, in the order of its page."""

from functools import cache

from mikrogrow.glossary.following import FOLLOWING, SPENDING
from mikrogrow.glossary.plans import AUTHORITY, COSTS, FINANCING
from mikrogrow.glossary.projects import DECIDING, FUNDER, PROJECT

SUBJECTS = (PROJECT, FUNDER, FINANCING, COSTS, AUTHORITY, SPENDING, FOLLOWING, DECIDING)


@cache
def term_keys() -> frozenset[str]:
    return frozenset(term.key for subject in SUBJECTS for term in subject.terms)
