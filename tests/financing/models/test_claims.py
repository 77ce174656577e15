"""What the database refuses of claims, forecasts and divided costs, each with its sentence."""

from datetime import date
from decimal import Decimal

import pytest

from financing.choices import ClaimStatus, CostCategory, RevenueKind, SharingKey
from financing.models import (
    ClaimCost,
    ClaimSource,
    CostSharing,
    CostSharingPart,
    Forecast,
    ForecastAmount,
    PassThrough,
    PaymentClaim,
    Revenue,
    SetAsideCost,
)
from tests.support.constraints import accepted, full_clean_messages, refused_by
from tests.support.factories import make_organisation, make_part, make_project, make_source
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_forecast,
)

pytestmark = pytest.mark.django_db

CENT = Decimal("0.01")
DAY = date(2018, 2, 15)
SUBMITTED, DECIDED, PAID = ClaimStatus.SUBMITTED, ClaimStatus.DECIDED, ClaimStatus.PAID


def part():
    return make_part(make_project())


def claim(**fields):
    return PaymentClaim(
        **{
            "co_implementer": part(),
            "number": 1,
            "first_day": date(2017, 4, 1),
            "last_day": date(2017, 12, 31),
            **fields,
        }
    )


def second_claim():
    return claim(co_implementer=make_claim(part()).co_implementer)


def claim_cost(**fields):
    return ClaimCost(
        **{"claim": make_claim(part()), "category": CostCategory.SERVICES, "claimed": 100, **fields}
    )


def second_cost():
    return claim_cost(claim=make_claim_cost(make_claim(part())).claim)


def correction(**fields):
    """Of the first claim, in a second one of the same part."""
    first = make_claim(part())
    second = make_claim(first.co_implementer, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))
    return claim_cost(**{"claim": second, "corrects": first, "claimed": -10, **fields})


def second_correction():
    first = correction()
    first.save()
    return claim_cost(claim=first.claim, corrects=first.corrects, claimed=-10)


def claim_source(**fields):
    return ClaimSource(**{"claim": make_claim(part()), "source": make_source(), **fields})


def second_source():
    first = make_claim_source(make_claim(part()))
    return claim_source(claim=first.claim, source=first.source)


def pass_through(**fields):
    return PassThrough(
        **{"receiver": make_part(make_project(), make_organisation()), "planned": 10, **fields}
    )


def revenue(**fields):
    return Revenue(
        **{
            "co_implementer": part(),
            "received_on": DAY,
            "kind": RevenueKind.choices[0][0],
            "payer": "Yritys Oy",
            "amount": 10,
            **fields,
        }
    )


def set_aside(**fields):
    return SetAsideCost(
        **{
            "claim": make_claim(part()),
            "category": CostCategory.SERVICES,
            "amount": 10,
            "reason": "Selvitettävänä.",
            **fields,
        }
    )


def second_forecast():
    first = make_forecast(part())
    return Forecast(co_implementer=first.co_implementer, made_on=first.made_on)


def forecast_amount(**fields):
    return ForecastAmount(
        **{"forecast": make_forecast(part()), "source": make_source(), "year": 2018, "amount": 1, **fields}
    )


def second_amount():
    source = make_source()
    forecast = make_forecast(part(), {(source, 2018): 1})
    return forecast_amount(forecast=forecast, source=source)


def sharing(**fields):
    lead = make_part(make_project(), make_organisation())
    return CostSharing(
        **{"name": "Viestintä", "invoiced_by": lead, "on_behalf_of": lead, "total": 1, **fields}
    )


def sharing_part(**fields):
    whole = sharing()
    whole.save()
    return CostSharingPart(**{"sharing": whole, "payer": make_part(whole.invoiced_by.project), **fields})


def second_part():
    first = sharing_part()
    first.save()
    return CostSharingPart(sharing=first.sharing, payer=first.payer)


def taken_into_itself():
    own = make_claim(part())
    return set_aside(claim=own, taken_into=own)


REFUSALS = {
    "claim_number_once": (second_claim, "Toteuttajalla on jo maksatushakemus tällä numerolla."),
    "claim_number_from_one": (lambda: claim(number=0), "Maksatushakemusten numerointi alkaa ykkösestä."),
    "claim_period_in_order": (
        lambda: claim(last_day=date(2017, 3, 31)),
        "Maksatuskausi päättyy, ennen kuin se alkaa.",
    ),
    "claim_submitted_has_day": (
        lambda: claim(status=SUBMITTED),
        "Lähetetyllä hakemuksella on oltava lähetyspäivä.",
    ),
    "claim_decided_has_day": (
        lambda: claim(status=DECIDED, submitted_on=DAY),
        "Päätetyllä hakemuksella on oltava maksatuspäätöksen päivä.",
    ),
    "claim_category_once": (second_cost, "Kustannuslaji on hakemuksessa kahdesti."),
    "claim_cost_not_negative": (lambda: claim_cost(claimed=-CENT), "Summa ei voi olla negatiivinen."),
    "claim_eligible_within_claimed": (
        lambda: claim_cost(eligible=Decimal("100.01"), deduction_reason="Syy."),
        "Tukikelpoinen summa ei voi olla suurempi kuin haettu.",
    ),
    "claim_deduction_has_reason": (
        lambda: claim_cost(eligible=Decimal("99.99")),
        "Kirjaa, miksi osa haetusta ei ole tukikelpoista.",
    ),
    "claim_correction_once": (
        second_correction,
        "Sama kustannuslaji oikaistaan hakemuksessa kahdesti.",
    ),
    "claim_correction_not_zero": (lambda: correction(claimed=0), "Oikaisun summa ei voi olla nolla."),
    "revenue_not_zero": (lambda: revenue(amount=0), "Tulon summa ei voi olla nolla."),
    "claim_source_once": (second_source, "Rahoituslähde on hakemuksessa kahdesti."),
    "claim_source_not_negative": (lambda: claim_source(claimed=-CENT), "Summa ei voi olla negatiivinen."),
    "claim_paid_has_day": (
        lambda: claim_source(paid=1),
        "Kirjaa sekä maksettu summa että maksupäivä.",
    ),
    "set_aside_positive": (
        lambda: set_aside(amount=0),
        "Hakematta jätetyn summan on oltava suurempi kuin nolla.",
    ),
    "set_aside_taken_into_another": (
        taken_into_itself,
        "Valitse jokin muu hakemus kuin se, josta kustannus jätettiin pois.",
    ),
    "forecast_once_a_day": (second_forecast, "Toteuttajalla on jo ennuste tältä päivältä."),
    "forecast_source_year_once": (second_amount, "Lähteellä on jo tämä vuosi ennusteessa."),
    "forecast_not_negative": (
        lambda: forecast_amount(amount=-CENT),
        "Ennuste ei voi olla negatiivinen.",
    ),
    "forecast_year_plausible": (
        lambda: forecast_amount(year=1994),
        "Vuoden on oltava väliltä 1995–2100.",
    ),
    "pass_through_not_negative": (
        lambda: pass_through(planned=-CENT),
        "Suunniteltu summa ei voi olla negatiivinen.",
    ),
    "pass_through_has_day": (
        lambda: pass_through(handed_on=1),
        "Kirjaa sekä siirretty summa että siirtopäivä.",
    ),
    "pass_through_year_plausible": (lambda: pass_through(year=1994), "Vuoden on oltava väliltä 1995–2100."),
    "sharing_total_not_negative": (
        lambda: sharing(total=-CENT),
        "Jaettava summa ei voi olla negatiivinen.",
    ),
    "sharing_total_to_divide": (lambda: sharing(total=None), "Kirjoita jaettava summa."),
    "sharing_rate_of_its_key": (
        lambda: sharing(key=SharingKey.PER_INHABITANT),
        "Anna eurot asukasta kohti, jos ne ovat jakoperuste. Muuten jätä kohta tyhjäksi.",
    ),
    "sharing_stated_not_negative": (
        lambda: sharing_part(stated_amount=-CENT),
        "Maksajan osa ei voi olla negatiivinen.",
    ),
    "sharing_year_plausible": (lambda: sharing(year=2101), "Vuoden on oltava väliltä 1995–2100."),
    "sharing_payer_once": (second_part, "Maksaja on jaossa kahdesti."),
    "sharing_share_is_percent": (
        lambda: sharing_part(share=Decimal("100.001")),
        "Osuuden on oltava 0–100 %.",
    ),
}

# Where the field itself refuses the number, its own sentence comes first.
FIRST_SAID = {"claim_number_from_one": "Tämän luvun on oltava vähintään 1."}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_rule_refuses_in_the_database_and_with_its_sentence(name):
    make, message = REFUSALS[name]
    row = make()

    assert full_clean_messages(row) == [FIRST_SAID.get(name, message)]
    assert refused_by(row, name) == [message]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: claim_cost(eligible=-CENT, deduction_reason="Syy."), "claim_cost_not_negative"),
        (lambda: claim_source(paid=-CENT, paid_on=DAY), "claim_source_not_negative"),
        (lambda: claim_source(paid_on=DAY), "claim_paid_has_day"),
        (lambda: claim(status=PAID, submitted_on=DAY), "claim_decided_has_day"),
        (lambda: claim(status=PAID, decided_on=DAY), "claim_submitted_has_day"),
        (lambda: forecast_amount(year=2101), "forecast_year_plausible"),
    ],
)
def test_a_rule_refuses_what_else_it_names(make, name):
    assert refused_by(make(), name) == [REFUSALS[name][1]]


ALLOWED = [
    lambda: claim(last_day=date(2017, 4, 1)),
    lambda: claim(co_implementer=make_claim(part()).co_implementer, number=2),
    lambda: claim(status=PAID, submitted_on=DAY, decided_on=DAY),
    # A gap in the chain is a finding and no reason not to save.
    lambda: claim(number=7, first_day=date(2019, 1, 1), last_day=date(2019, 1, 2)),
    lambda: claim_cost(claimed=0, eligible=0),
    lambda: claim_cost(eligible=100),
    lambda: claim_cost(eligible=0, deduction_reason="Ei kuulu hankkeeseen."),
    lambda: claim_source(),
    lambda: claim_source(claimed=0, paid=0, paid_on=DAY),
    lambda: set_aside(amount=CENT),
    lambda: Forecast(co_implementer=make_forecast(part()).co_implementer, made_on=date(2018, 1, 16)),
    lambda: forecast_amount(amount=0, year=2100),
    lambda: sharing(total=0, year=None),
    lambda: sharing_part(share=0),
]


@pytest.mark.parametrize("make", ALLOWED)
def test_what_a_rule_does_not_name_is_accepted(make):
    assert accepted(make()).pk is not None
