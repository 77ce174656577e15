"""Enumerations of financing with their words, and what follows from a member.

Figures carry the stored values as plain text: a member equals its value, so `code in COVER_OTHERS` works
for both.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceClass(models.TextChoices):
    """The classes of funders in the funder's forms, in their order."""

    EU_STATE = "1_eu_state", _("EU ja valtio")
    MUNICIPAL = "2_municipal", _("Kuntarahoitus")
    OTHER_PUBLIC = "3_other_public", _("Muu julkinen rahoitus")
    PRIVATE = "4_private", _("Yksityinen rahoitus")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("luonnos")
    APPROVED = "approved", _("hyväksytty")
    SUPERSEDED = "superseded", _("korvattu")


class CostCategory(models.TextChoices):
    """What money is spent on, in the order of the funder's forms."""

    NOT_BROKEN_DOWN = "0_not_broken_down", _("ei eritelty")
    STAFF = "1_staff", _("palkkakustannukset")
    SERVICES = "2_services", _("ostopalvelut")
    TRAVEL = "3_travel", _("matkakustannukset")
    EQUIPMENT = "4_equipment", _("laitteet")
    OTHER = "5_other", _("muut kustannukset")
    FLAT_RATE = "6_flat_rate", _("prosenttimääräiset kustannukset")
    LUMP_SUM = "7_lump_sum", _("kertakorvaus")
    REVENUE = "9_revenue", _("tulot")


class CostBasis(models.TextChoices):
    """What a paper's sum of costs is."""

    UNSAID = "", _("ei sanottu (luetaan nettona)")
    NET = "net", _("netto, tulot vähennetty")
    GROSS = "gross", _("brutto, tuloja ei ole vähennetty")


class VatBasis(models.TextChoices):
    """Whether a paper's costs have value added tax in them."""

    UNSAID = "", _("ei sanottu")
    INCLUDED = "included", _("sisältävät arvonlisäveron")
    EXCLUDED = "excluded", _("eivät sisällä arvonlisäveroa")


class StatedSum(models.TextChoices):
    """What a paper gives a total of."""

    SOURCES = "1_sources", _("rahoitus yhteensä")
    SOURCES_OF_YEAR = "2_sources_of_year", _("vuoden rahoitus")
    COSTS_OF_YEAR = "3_costs_of_year", _("vuoden kustannukset")
    CATEGORY = "4_category", _("kustannuslaji yhteensä")


# Totals of one year.
OF_YEAR = (StatedSum.SOURCES_OF_YEAR, StatedSum.COSTS_OF_YEAR)

# Stored as amounts of 0 or more, and deducted from the costs.
DEDUCTED = (CostCategory.REVENUE,)
# They pay for costs of other categories without naming them.
COVER_OTHERS = (CostCategory.FLAT_RATE, CostCategory.LUMP_SUM)
# Nobody sends an invoice for these: they follow from other costs, or come in.
NOT_INVOICED = (*COVER_OTHERS, *DEDUCTED)


class RevenueKind(models.TextChoices):
    """What the project earns; the funder takes all of it off the costs."""

    FEES = "1_fees", _("osallistumismaksut")
    SALES = "2_sales", _("myyntitulot")
    RENT = "3_rent", _("vuokratulot")
    OTHER = "4_other", _("muut tulot")


class CityMoney(models.TextChoices):
    """Where the money stands that the city itself answers for; a decision authorises some of these kinds."""

    OWN_SHARE = "own_share", _("omarahoitus")
    SHARED_COSTS = "shared_costs", _("yhteiset kustannukset")
    CONTRIBUTION = "contribution", _("rahoitus muiden osissa")


# The column of a commitment that says whether it authorises the kind.
COVERS = {
    CityMoney.OWN_SHARE: "covers_own_share",
    CityMoney.SHARED_COSTS: "covers_shared_costs",
    CityMoney.CONTRIBUTION: "covers_contributions",
}


class CapBase(models.TextChoices):
    """What the percentage of a cap is taken of."""

    PART = "part", _("kaupungin osahankkeen kustannuksista")
    PROJECT = "project", _("koko hankkeen kustannuksista")
    PART_ACTUAL = "part_actual", _("kaupungin osahankkeen toteutuneista kustannuksista")
    PROJECT_ACTUAL = "project_actual", _("koko hankkeen toteutuneista kustannuksista")


class SharingKey(models.TextChoices):
    """How a total is divided between its payers."""

    EQUAL = "equal", _("tasan")
    POPULATION = "population", _("asukasluvun mukaan")
    PERCENT = "percent", _("prosentein")
    PER_INHABITANT = "per_inhabitant", _("euroina asukasta kohti")


class InvoiceStatus(models.TextChoices):
    RECEIVED = "1_received", _("saapunut")
    CHECKED = "2_checked", _("tarkastettu")
    APPROVED = "3_approved", _("hyväksytty")
    PAID = "4_paid", _("maksettu")
    REJECTED = "5_rejected", _("hylätty")


# An invoice is not yet approved, and can be edited.
OPEN = (InvoiceStatus.RECEIVED, InvoiceStatus.CHECKED)
# It counts as spent.
SPENT = (InvoiceStatus.APPROVED, InvoiceStatus.PAID)
# It counts as invoiced.
INVOICED = (*OPEN, *SPENT)


class ClaimStatus(models.TextChoices):
    DRAFT = "1_draft", _("valmistelussa")
    SUBMITTED = "2_submitted", _("lähetetty")
    DECIDED = "3_decided", _("päätetty")
    PAID = "4_paid", _("maksettu")


# The funder has decided on the claim.
DECIDED_ON = (ClaimStatus.DECIDED, ClaimStatus.PAID)
# What was asked for changes only after the claim is opened again.
SENT = (ClaimStatus.SUBMITTED, ClaimStatus.DECIDED)
# Until it is paid, what the funder decides and pays is entered.
BEFORE_PAID = (ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.DECIDED)


class ChangedKind(models.TextChoices):
    """What a change in the history of a project is about."""

    PROJECT = "project", _("Hanke")
    MONEY = "money", _("Rahoitus ja kustannukset")
    DECISIONS = "decisions", _("Päätökset")
    GROUPS = "groups", _("Ryhmät")
