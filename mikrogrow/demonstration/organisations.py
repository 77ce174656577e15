"""What the demonstration projects share: the city, its sub-regions, programmes and sources of money."""

from dataclasses import dataclass

from financing.choices import SourceClass
from financing.models import FundingSource
from groups.models import Municipality, SubRegion
from mikrogrow.demonstration.bodies import add_board
from mikrogrow.demonstration.company_names import AREAS
from mikrogrow.demonstration.group_facts import AreaFact
from mikrogrow.demonstration.rows import add, shared
from projects.choices import OrganisationKind
from projects.models import Organisation

CITY = "Kuopion kaupunki"


class OtherCityError(Exception):
    """The database already belongs to another city."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Common:
    """Rows that more than one demonstration project uses."""

    city: Organisation
    sub_regions: dict[str, SubRegion]
    companies: FundingSource
    municipalities: FundingSource
    own: FundingSource


def common_rows() -> Common:
    """Adds the rows that are missing. Raises OtherCityError if the own city is not Kuopio."""
    kinds, classes = OrganisationKind, SourceClass
    other = Organisation.objects.filter(is_own_city=True).exclude(name=CITY).first()
    # The demonstration would say of that city what is true of Kuopio.
    if other is not None:
        raise OtherCityError(other.name)
    city = shared(Organisation, CITY, short_name="Kuopio", kind=kinds.MUNICIPALITY, is_own_city=True)
    add_board()
    return Common(
        city=city,
        sub_regions={area.name: add_area(area) for area in AREAS},
        companies=shared(FundingSource, "Yritysten rahoitus", source_class=classes.PRIVATE),
        municipalities=shared(FundingSource, "Kuntien rahoitus", source_class=classes.MUNICIPAL),
        own=shared(
            FundingSource, "Kuopion kaupungin omarahoitus", source_class=classes.MUNICIPAL, funder=city
        ),
    )


def add_area(area: AreaFact) -> SubRegion:
    """The sub-region, with the municipalities that are missing if it is missing itself."""
    sub_region = SubRegion.objects.filter(name=area.name).first()
    if sub_region is not None:
        return sub_region
    sub_region = add(SubRegion(name=area.name, code=_free_code(SubRegion, area.code)))
    for place in area.municipalities:
        shared(Municipality, place.name, sub_region=sub_region, code=_free_code(Municipality, place.code))
    return sub_region


def _free_code(model: type[SubRegion | Municipality], code: str | None) -> str:
    """Unknown if people have given it to a row of another name."""
    return "" if code is None or model.objects.filter(code=code).exists() else code
