"""What the funder granted is what the plan counts on (R25)."""

from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import FUNDING
from financing.rules.figures.projects import ProjectFigures
from financing.rules.grants import Grant, grants
from mikrogrow.values.money import ZERO, format_euros
from mikrogrow.values.translation import gettext as _


@check("R25", gettext_noop("Suunnitelman tuki = rahoittajan myöntämä tuki"), of=FUNDING)
def plan_counts_on_what_is_granted(figures: ProjectFigures) -> list[Result]:
    """An error if the plan counts on more than is granted and reserved, a note if the rest is reserved."""
    if not figures.funding_decisions:
        return [unknown(_("Rahoituspäätöksiä ei ole kirjattu."))]
    found = grants(figures)
    if all(grant.granted is None for grant in found):
        return [unknown(_("Rahoituspäätösten myöntämät summat eivät ole tiedossa."))]
    return [_compared(grant) for grant in found]


def _compared(grant: Grant) -> Result:
    if grant.granted is None:
        sentence = _("%s: myönnetty summa ei ole tiedossa.") % grant.funder
        return unknown(sentence, detail=grant.funder)
    if grant.planned is None:
        sentence = _("%s: suunnitelman luku ei ole tiedossa.") % grant.funder
        return unknown(sentence, detail=grant.funder)
    more = grant.planned - grant.granted
    shown = {
        "funder": grant.funder,
        "planned": format_euros(grant.planned),
        "granted": format_euros(grant.granted),
        "difference": format_euros(abs(more)),
        "reserved": format_euros(grant.reserved),
    }
    level, sentence = _said(grant, more)
    return Result(
        level,
        sentence % shown,
        _("Lisäksi on varattu %(reserved)s.") % shown if grant.reserved else "",
        left=euros(_("Suunnitelma"), grant.planned),
        right=euros(_("Myönnetty enintään"), grant.granted),
        difference=euro_difference(more),
        detail=grant.funder,
    )


def _said(grant: Grant, more: Decimal) -> tuple[Level, str]:
    # What is reserved for later years pays nothing of those that are granted.
    reserved = ZERO if grant.is_of_years else grant.reserved
    level = Level.PASSED
    sentence = _("%(funder)s: suunnitelma %(planned)s = myönnetty %(granted)s.")
    if more and abs(more) <= grant.tolerance:
        level = Level.NOTE
        sentence = _("%(funder)s: suunnitelma %(planned)s, myönnetty %(granted)s. Pyöristys selittää eron.")
    elif more > reserved:
        level = Level.ERROR
        sentence = _("%(funder)s: suunnitelma %(planned)s – myönnetty %(granted)s = %(difference)s liikaa.")
    elif more > 0:
        level = Level.NOTE
        sentence = _(
            "%(funder)s: suunnitelma %(planned)s – myönnetty %(granted)s = %(difference)s, "
            "joka on vasta varattu."
        )
    elif more < 0:
        level = Level.WARNING
        sentence = _(
            "%(funder)s: suunnitelma %(planned)s – myönnetty %(granted)s = %(difference)s liian vähän."
        )
    return level, sentence
