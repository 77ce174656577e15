"""The first project with figures of every kind, each unlike the others, for what a text may say of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from financing.choices import CostCategory
from financing.rules.figures.commitments import AppropriationFigures, CommitmentFigures
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.projects import FundingDecisionFigures, GroupFigures
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, PRIVATE, SEED, SEED_PLAN, line

_CATEGORIES = {
    CostCategory.STAFF: 38200,
    CostCategory.SERVICES: 9433,
    CostCategory.TRAVEL: 1240,
    CostCategory.FLAT_RATE: 11080,
}
_BY_YEAR = {
    EU_STATE: {2017: 18071, 2018: 16689, 2019: 10206},
    OWN: {2017: 1202, 2018: 1110, 2019: 679},
}
_PLAN = replace(
    SEED_PLAN,
    lines=(
        line(44966, 75, EU_STATE, years=_BY_YEAR[EU_STATE]),
        line(2998, 5, DEVELOPMENT_FUND),
        line(2991, 5, OWN, years=_BY_YEAR[OWN]),
        line(9000, None, PRIVATE),
    ),
    costs=(
        *SEED_PLAN.costs,
        *(CostFigures(None, Decimal(euros), str(kind.label), kind) for kind, euros in _CATEGORIES.items()),
    ),
)
# Of 24 162 euros that the city is liable for, it authorises 20 500.
_CAP = CommitmentFigures(1, "Kaupunginhallitus § 13", Decimal(20500), None, 2017, 2019, True, True)
(_DECIDED,) = SEED.decisions

WRITTEN = replace(
    SEED,
    plans=(_PLAN,),
    commitments=(_CAP,),
    appropriations=(AppropriationFigures("Elinkeinopoliittiset hankkeet", 2017, Decimal(310000)),),
    groups=tuple(
        GroupFigures(name, companies)
        for name, companies in {"Kuopio": 34, "Varkaus": 26, "Ylä-Savo": 31, "Sisä-Savo": 29}.items()
    ),
    funding_decisions=(
        FundingDecisionFigures(
            "Pohjois-Savon liitto", date(2017, 5, 5), max_amount=Decimal(470000), max_share=Decimal(72)
        ),
        FundingDecisionFigures("Kehittämisrahasto", date(2017, 5, 29), max_amount=Decimal(30400)),
    ),
    decisions=(replace(_DECIDED, stage="draft", plans=()),),
)
