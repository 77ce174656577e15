"""What the demonstration projects share: the city, its sub-regions, programmes and sources of money."""

from dataclasses import dataclass

from financing.choices import SourceClass
from financing.models import FundingSource
from groups.models import Municipality, SubRegion
from mikrogrow.demonstration.rows import add, shared
from projects.choices import OrganisationKind
from projects.models import Organisation

CITY = "Kuopion kaupunki"

# The decision names four areas and "all municipalities of these areas", but no municipality. These are the
# sub-regions as they were on 1.4.2017. Uncertain: Koillis-Savo (Kaavi, Rautavaara, Tuusniemi), which the
# decision does not name, so it is left out although it is in the same region; and Joroinen, which joined
# the sub-region of Varkaus only in 2021. Juankoski had joined Kuopio on 1.1.2017.
SUB_REGIONS = {
    "Ylä-Savo": ("Iisalmi", "Keitele", "Kiuruvesi", "Lapinlahti", "Pielavesi", "Sonkajärvi", "Vieremä"),
    "Sisä-Savo": ("Rautalampi", "Suonenjoki", "Tervo", "Vesanto"),
    "Kuopio": ("Kuopio", "Siilinjärvi"),
    "Varkaus": ("Leppävirta", "Varkaus"),
}


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
    return Common(
        city=city,
        sub_regions={name: _sub_region(name, members) for name, members in SUB_REGIONS.items()},
        companies=shared(FundingSource, "Yritysten rahoitus", source_class=classes.PRIVATE),
        municipalities=shared(FundingSource, "Kuntien rahoitus", source_class=classes.MUNICIPAL),
        own=shared(
            FundingSource, "Kuopion kaupungin omarahoitus", source_class=classes.MUNICIPAL, funder=city
        ),
    )


def _sub_region(name: str, members: tuple[str, ...]) -> SubRegion:
    sub_region = SubRegion.objects.filter(name=name).first()
    if sub_region is not None:
        return sub_region
    sub_region = add(SubRegion(name=name))
    for member in members:
        shared(Municipality, member, sub_region=sub_region)
    return sub_region
