"""A decision's outcome as its minutes say it, once."""

import re

from django.utils.translation import gettext as _

from projects.choices import DecisionOutcome

# Words with which a decision's own text says the outcome.
SAID = {
    DecisionOutcome.UNANIMOUS: re.compile(r"yksimieli", re.IGNORECASE),
    DecisionOutcome.NO_VOTE: re.compile(r"äänestyksettä|äänestämättä|ilman äänestystä", re.IGNORECASE),
    DecisionOutcome.VOTE: re.compile(r"äänest", re.IGNORECASE),
    DecisionOutcome.AMENDED: re.compile(r"muutettuna|muutetaan|muutettiin|muuttaen|muutoksin", re.IGNORECASE),
    DecisionOutcome.RETURNED: re.compile(r"palau|palaa", re.IGNORECASE),
    DecisionOutcome.TABLED: re.compile(r"pöydä", re.IGNORECASE),
    DecisionOutcome.REJECTED: re.compile(r"hylä|hylkä|hyljä", re.IGNORECASE),
}


def outcome_sentence(outcome: str, text: str) -> str:
    """Empty without an outcome, and where the text of the decision says it."""
    if not outcome or SAID[DecisionOutcome(outcome)].search(text):
        return ""
    return {
        DecisionOutcome.UNANIMOUS: _("Päätös oli yksimielinen."),
        DecisionOutcome.NO_VOTE: _("Päätös tehtiin äänestyksettä."),
        DecisionOutcome.VOTE: _("Päätös tehtiin äänestyksen jälkeen."),
        DecisionOutcome.AMENDED: _("Päätösehdotus hyväksyttiin muutettuna."),
        DecisionOutcome.RETURNED: _("Asia palautettiin valmisteluun."),
        DecisionOutcome.TABLED: _("Asia pantiin pöydälle."),
        DecisionOutcome.REJECTED: _("Päätösehdotus hylättiin."),
    }[DecisionOutcome(outcome)]
