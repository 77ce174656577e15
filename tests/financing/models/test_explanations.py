"""The rule of an explanation's table; test_plans.py holds each to its case."""

from financing.models import FindingExplanation
from tests.support.factories import make_project, make_user


def explanation(**fields):
    return FindingExplanation(
        **{
            "project": make_project(),
            "code": "R01",
            "subject": "Koko hanke",
            "sentence": "Summat eroavat.",
            "explanation": "Paperissa on näin.",
            "explained_by": make_user(),
            "explained_at": "2018-03-01T12:00:00Z",
            **fields,
        }
    )


REFUSALS = {"finding_explanation_not_empty": (lambda: explanation(explanation=""), "Kirjoita selitys.")}
