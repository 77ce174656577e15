"""The first project's figures as plain values, entered by hand from its public decision."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from financing.choices import PlanStatus, SourceClass
from financing.rules.figures.commitments import CommitmentFigures, SharedCostFigures
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import (
    DecisionFigures,
    FundingDecisionFigures,
    GroupFigures,
    PartyFigures,
    ProjectFigures,
)

CITY, LEAD, UNIVERSITY, COUNCIL, FUND = range(1, 6)

EU_STATE = SourceFigures(1, "EAKR- ja valtion rahoitus", SourceClass.EU_STATE, COUNCIL)
DEVELOPMENT_FUND = SourceFigures(2, "Kehittämisrahasto", SourceClass.MUNICIPAL, FUND)
OWN = SourceFigures(3, "Kaupungin omarahoitus", SourceClass.MUNICIPAL, CITY, is_own_city=True)
MUNICIPALITIES = SourceFigures(4, "Kunnat", SourceClass.MUNICIPAL)
OTHER_PUBLIC = SourceFigures(5, "Oulun yliopisto", SourceClass.OTHER_PUBLIC, UNIVERSITY)
PRIVATE = SourceFigures(6, "Yritykset", SourceClass.PRIVATE)

UNNAMED = SourceFigures(99, "Lähde", SourceClass.EU_STATE)


def euros(amount: int | str | Decimal | None) -> Decimal | None:
    """A number as Decimal; None stays unknown."""
    return None if amount is None else Decimal(amount)


def line(
    amount: int | str | None = None,
    share: int | str | None = None,
    source: SourceFigures = UNNAMED,
    *,
    years: dict[int, int] | None = None,
    includes: tuple[SourceFigures, ...] = (),
) -> LineFigures:
    """A line as stated."""
    by_year = {year: Decimal(number) for year, number in (years or {}).items()}
    return LineFigures(source, euros(amount), euros(share), by_year, includes)


def plan(*lines: LineFigures, cost: int | str | None = 1000, **fields: object) -> PlanFigures:
    """The city's plan."""
    return replace(SEED_PLAN, lines=lines, cost=euros(cost), costs=(), **fields)  # type: ignore[arg-type]


def commitment(
    amount: int | str | None, share: int | str | None = None, years: str = "2017–2019", **fields: object
) -> CommitmentFigures:
    """What a decision authorises of the own funding; without `years` in all of them."""
    first, last = map(int, years.split("–")) if years else (None, None)
    found = CommitmentFigures(
        1, "Kaupunginhallitus § 13", euros(amount), euros(share), first, last, True, False
    )
    return replace(found, **fields)  # type: ignore[arg-type]


def shared(amount: int | None, year: int | None = None, name: str = "Savogrow") -> SharedCostFigures:
    """What the lead partner invoices."""
    return SharedCostFigures("Savogrow", name, euros(amount), year)


def funding(*days: date) -> tuple[FundingDecisionFigures, ...]:
    """Decisions of the regional council on these days."""
    return tuple(FundingDecisionFigures("Pohjois-Savon liitto", day) for day in days)


SEED_PLAN = PlanFigures(
    plan_id=11,
    version=1,
    status=PlanStatus.APPROVED,
    owner="Kuopio",
    organisation_id=CITY,
    cost=Decimal(59953),
    cost_is_approximate=False,
    lines=(
        line(44966, 75, EU_STATE),
        line(2998, 5, DEVELOPMENT_FUND),
        line(2991, 5, OWN),
        line(9000, None, PRIVATE),
    ),
    costs=(
        CostFigures(2017, Decimal(24095)),
        CostFigures(2018, Decimal(22252)),
        CostFigures(2019, Decimal(13606)),
    ),
)

SEED_WHOLE_PLAN = PlanFigures(
    plan_id=10,
    version=1,
    status=PlanStatus.APPROVED,
    owner="",
    organisation_id=None,
    cost=Decimal(651200),
    cost_is_approximate=True,
    lines=(
        line(None, 80, EU_STATE, includes=(DEVELOPMENT_FUND,)),
        line(None, "18.9", MUNICIPALITIES),
        line(None, "0.6", OTHER_PUBLIC),
        line(None, "5.5", PRIVATE),
    ),
    costs=(),
)

SEED = ProjectFigures(
    project_id=1,
    name="Mikrogrow",
    starts_on=date(2017, 4, 1),
    ends_on=date(2019, 12, 31),
    eura_code="",
    total_cost=Decimal(651200),
    total_cost_is_approximate=True,
    target_companies=120,
    whole_plan=SEED_WHOLE_PLAN,
    plans=(SEED_PLAN,),
    parties=(
        PartyFigures(LEAD, "Kehittämisyhtiö Savogrow Oy", "Savogrow", "lead", "päätoteuttaja", False),
        PartyFigures(CITY, "Kuopion kaupunki", "Kuopio", "co_implementer", "osatoteuttaja", True),
        PartyFigures(
            UNIVERSITY, "Oulun yliopisto", "Oulun yliopisto", "co_implementer", "osatoteuttaja", False
        ),
        PartyFigures(COUNCIL, "Pohjois-Savon liitto", "Liitto", "funder_only", "rahoittaja", False),
        PartyFigures(FUND, "Kehittämisrahasto", "Kehittämisrahasto", "funder_only", "rahoittaja", False),
    ),
    shared_costs=(shared(11954), shared(9217, name="Oulun yliopisto")),
    commitments=(commitment(2991),),
    groups=tuple(GroupFigures(name, 30) for name in ("Kuopio", "Varkaus", "Ylä-Savo", "Sisä-Savo")),
    funding_decisions=funding(date(2017, 5, 5), date(2017, 5, 29)),
    decisions=(
        DecisionFigures(
            1,
            "Kaupunginhallitus § 13",
            "MikroGrow",
            "4834/02.05.02.01/2017",
            "decided",
            "päätetty",
            None,
            plans=(SEED_PLAN,),
        ),
    ),
)
