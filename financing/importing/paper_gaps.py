"""Why something of a project or of its plans is left empty, and what to do, in sentences with the figures.

A figure is proposed only if another bears it out. What the paper says, but nothing bears out, is told here.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from financing.importing.evidence import Settled, Stated
from financing.importing.grant_names import grant_name
from financing.importing.stated import Scope
from mikrogrow.values.money import format_euros
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined
from projects.choices import ImplementerRole
from projects.decisions.importing.facts import ProjectFacts

# More figures than these say no more.
_MOST_NAMED = 4


class Gap(StrEnum):
    """What may be left empty."""

    NAME = "name"
    TIME = "time"
    COMPANIES = "companies"
    LEAD = "lead"
    TOTAL = "total"
    PART = "part"
    OWN = "own"
    SOURCES = "sources"
    YEARS = "years"
    CATEGORIES = "categories"
    GRID = "grid"
    SOURCE_YEARS = "source_years"
    SHARED = "shared"
    CAP = "cap"


Gaps = dict[Gap, str]


def of_other_thing() -> Gaps:
    """Of a paper whose title says that it is on no project's plan."""
    sentence = _(
        "Otsikon mukaan asiakirja ei koske yhden hankkeen suunnitelmaa, joten rahasummia ei ehdoteta. "
        "Kirjoita ne itse, jos ne kuuluvat hankkeeseen."
    )
    return dict.fromkeys(
        (Gap.TOTAL, Gap.PART, Gap.OWN, Gap.SOURCES, Gap.YEARS, Gap.CATEGORIES, Gap.SOURCE_YEARS), sentence
    )


def of_facts(facts: ProjectFacts) -> Gaps:
    found: Gaps = {}
    if facts.company_range is not None:
        first, last = facts.company_range
        found[Gap.COMPANIES] = _(
            "Tekstissä on vaihteluväli, %(first)s–%(last)s yritystä. Kirjoita tavoite, kun se on päätetty."
        ) % {"first": first, "last": last}
    elif facts.target_companies is None:
        found[Gap.COMPANIES] = _(
            "Asiakirjasta ei löytynyt osallistuvien yritysten määrää. Kirjoita tavoite, jos se on tiedossa."
        )
    if not facts.name:
        found[Gap.NAME] = _("Asiakirjasta ei löytynyt hankkeen nimeä. Kirjoita se: ilman sitä ei tallenneta.")
    if facts.starts_on is None:
        found[Gap.TIME] = _(
            "Asiakirjasta ei löytynyt toteutusajan päiviä. Kirjoita päivä, jos se on tiedossa."
        )
    if not any(party.role is ImplementerRole.LEAD for party in facts.parties):
        found[Gap.LEAD] = _(
            "Asiakirja ei nimeä päätoteuttajaa. Lisää se omalle rivilleen ja valitse rooliksi päätoteuttaja."
        )
    return found


def of_money(stated: Stated, settled: Settled) -> Gaps:
    """Of costs, the own share and the sources."""
    found: Gaps = {}
    for gap, scope, cost in (
        (Gap.TOTAL, Scope.WHOLE, settled.whole),
        (Gap.PART, Scope.PART, settled.part),
    ):
        if cost is None:
            found[gap] = _of_costs(gap, settled.unclear.get(scope, ()), settled.doubtful.get(scope, ()))
    if settled.own is None:
        found[Gap.OWN] = _of_own(settled.unclear_own, settled.doubtful_own)
    if not any(not each.wording.is_own for each in (*settled.part_sources, *settled.whole_sources)):
        found[Gap.SOURCES] = _of_sources(stated)
    return found


def _of_costs(gap: Gap, unclear: Sequence[Decimal], doubtful: Sequence[Decimal]) -> str:
    is_whole = gap is Gap.TOTAL
    unclear = unclear or (doubtful if len(doubtful) > 1 else ())
    if len(unclear) == 2:
        said = (
            _("Tekstissä on kahdet eri koko hankkeen kustannukset, %s. Valitse oikeat.")
            if is_whole
            else _("Tekstissä on kahdet eri kaupungin osahankkeen kustannukset, %s. Valitse oikeat.")
        )
        return said % _amounts(unclear)
    if unclear:
        said = (
            _("Tekstissä on useita eri koko hankkeen kustannuksia, %s. Valitse oikeat.")
            if is_whole
            else _("Tekstissä on useita eri kaupungin osahankkeen kustannuksia, %s. Valitse oikeat.")
        )
        return said % _amounts(unclear)
    if doubtful:
        said = (
            _("Koko hankkeen kustannuksiksi luettiin %s, mutta mikään muu luku ei vahvista sitä. ")
            if is_whole
            else _(
                "Kaupungin osahankkeen kustannuksiksi luettiin %s, mutta mikään muu luku ei vahvista sitä. "
            )
        )
        return said % _amounts(doubtful) + _("Kirjoita oikea summa.")
    return (
        _("Asiakirjasta ei löytynyt koko hankkeen kustannuksia. Kirjoita ne, jos ne ovat tiedossa.")
        if is_whole
        else _(
            "Asiakirjasta ei löytynyt kaupungin osahankkeen kustannuksia. Kirjoita ne, jos ne ovat tiedossa."
        )
    )


def _of_own(unclear: Sequence[Decimal], doubtful: Sequence[Decimal]) -> str:
    unclear = unclear or (doubtful if len(doubtful) > 1 else ())
    if len(unclear) == 2:
        return _("Tekstissä on kaksi eri omarahoitusta, %s. Valitse oikea.") % _amounts(unclear)
    if unclear:
        return _("Tekstissä on useita eri omarahoituksia, %s. Valitse oikea.") % _amounts(unclear)
    if doubtful:
        return _(
            "Omarahoitukseksi luettiin %s, mutta mikään muu luku ei vahvista sitä. Kirjoita oikea summa."
        ) % _amounts(doubtful)
    return _(
        "Asiakirjasta ei löytynyt kaupungin omarahoitusta. Lisää se rahoituslähteisiin, jos se on tiedossa."
    )


def _of_sources(stated: Stated) -> str:
    said = [*stated.sources, *(each for rows in stated.tables for each in rows.sources)]
    named = list(
        dict.fromkeys(
            f"{grant_name(each.wording.name, stated.text)} {format_euros(each.amount)}"
            for each in said
            if each.amount and not each.wording.is_own
        )
    )
    if not named:
        return _("Asiakirjasta ei löytynyt rahoituslähteitä summineen. Lisää rivit, jos ne ovat tiedossa.")
    return _(
        "Rahoituslähteiksi luettiin %s, mutta ne eivät täsmää kustannuksiin. Lisää oikeat rivit."
    ) % _named(named)


def of_years(totals: Sequence[Decimal], costs: Sequence[Decimal]) -> str:
    """`totals` are the sums of what the paper says by year."""
    if set(totals) & set(costs):
        return _("Kustannukset vuosittain ovat asiakirjassa kahdella eri tavalla. Lisää oikeat rivit.")
    if totals and costs:
        return _(
            "Vuosille luetut eurot ovat yhteensä %(said)s, mutta kustannukset ovat %(costs)s. "
            "Lisää oikeat rivit."
        ) % {"said": _amounts(totals), "costs": _amounts(costs)}
    if totals:
        return _(
            "Vuosille luetut eurot ovat yhteensä %s, mutta kustannuksia ei ole luettu. Lisää oikeat rivit."
        ) % _amounts(totals)
    return _("Asiakirja ei kerro kustannuksia vuosittain. Lisää rivit, jos jako on tiedossa.")


def of_categories(totals: Sequence[Decimal], costs: Sequence[Decimal]) -> str:
    """`totals` are the sums of what the paper says by category."""
    if totals and costs:
        return _(
            "Kustannuslajit ovat yhteensä %(said)s, mutta kustannukset ovat %(costs)s. Lisää oikeat rivit."
        ) % {"said": _amounts(totals), "costs": _amounts(costs)}
    if totals:
        return _(
            "Kustannuslajit ovat yhteensä %s, mutta kustannuksia ei ole luettu. Lisää oikeat rivit."
        ) % _amounts(totals)
    return _("Asiakirja ei kerro kustannuksia kustannuslajeittain. Lisää rivit, jos jako on tiedossa.")


def of_grids(totals: Sequence[Decimal], costs: Sequence[Decimal]) -> str:
    """Of a table of categories and years which is not proposed."""
    if costs and not set(totals) & set(costs):
        return _(
            "Taulukossa kustannuslajeittain ja vuosittain on yhteensä %(said)s, mutta kustannukset ovat "
            "%(costs)s. Lisää oikeat rivit."
        ) % {"said": _amounts(totals), "costs": _amounts(costs)}
    return _(
        "Asiakirjassa on taulukko kustannuslajeittain ja vuosittain, mutta sen summat eivät täsmää tai jokin "
        "rivi ei ole tunnettu kustannuslaji. Lisää oikeat rivit."
    )


def of_rest(*, has_cap: bool, has_shared: bool) -> Gaps:
    found: Gaps = {}
    if not has_cap:
        found[Gap.CAP] = _(
            "Asiakirjasta ei löytynyt euromäärää, jonka päätös valtuuttaa enintään. Kirjoita se, jos "
            "päätöksessä on sellainen."
        )
    if not has_shared:
        found[Gap.SHARED] = _("Asiakirja ei kerro yhteisistä kustannuksista. Lisää rivit, jos niitä on.")
    return found


def of_source_years(*, has_lines: bool) -> str:
    if has_lines:
        return _(
            "Asiakirja ei kerro varmasti, mitä kukin rahoituslähde maksaa kunakin vuonna. "
            "Lisää rivit, jos jako on tiedossa."
        )
    return _("Rahoituslähteitä ei ole luettu, joten niitä ei ole jaettu vuosille. Lisää ensin lähteet.")


def _amounts(amounts: Sequence[Decimal]) -> str:
    return _named([format_euros(each) for each in dict.fromkeys(amounts)])


def _named(words: Sequence[str]) -> str:
    return joined(words[:_MOST_NAMED])
