"""Enumerations of projects and decisions with their words, and what follows from a member."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("kunta")
    DEVELOPMENT_COMPANY = "development_company", _("kehittämisyhtiö")
    REGIONAL_COUNCIL = "regional_council", _("maakunnan liitto")
    UNIVERSITY = "university", _("yliopisto tai korkeakoulu")
    FUND = "fund", _("rahasto")
    COMPANY = "company", _("yritys")
    OTHER = "other", _("muu")


class ProjectStatus(models.TextChoices):
    PREPARATION = "preparation", _("valmistelussa")
    RUNNING = "running", _("käynnissä")
    ENDED = "ended", _("päättynyt")
    CLOSED = "closed", _("suljettu")
    WITHDRAWN = "withdrawn", _("peruttu")
    REJECTED = "rejected", _("hylätty")


# The work is done: its costs are what was spent.
OVER = (ProjectStatus.ENDED, ProjectStatus.CLOSED)
# It costs money, or has.
UNDER_WAY = (ProjectStatus.RUNNING, *OVER)
# It does not go on: only what was paid stays the city's to pay.
FALLEN = (ProjectStatus.WITHDRAWN, ProjectStatus.REJECTED)

# In the order of a project's life.
STATUS_PLACES: dict[str, int] = {status: place for place, status in enumerate(ProjectStatus)}


class CostModel(models.TextChoices):
    """How the funder accepts costs: as they are, or partly by a percentage or a sum."""

    REAL = "real", _("tosiasialliset kustannukset")
    FLAT_15 = "flat_15", _("15 % palkkakustannuksista (flat rate)")
    FLAT_17 = "flat_17", _("17 % palkkakustannuksista (flat rate)")
    FLAT_24 = "flat_24", _("24 % palkkakustannuksista (flat rate)")
    FLAT_40 = "flat_40", _("40 % palkkakustannuksista (flat rate)")
    LUMP_SUM = "lump_sum", _("kertakorvaus (lump sum)")


# The percentages of the staff costs.
FLAT_RATE_PERCENTS: dict[str, Decimal] = {
    CostModel.FLAT_15: Decimal(15),
    CostModel.FLAT_17: Decimal(17),
    CostModel.FLAT_24: Decimal(24),
    CostModel.FLAT_40: Decimal(40),
}
WITHOUT_FLAT_RATE = (CostModel.REAL, CostModel.LUMP_SUM)


class PointKind(models.TextChoices):
    OBJECTIVE = "objective", _("tavoite")
    ADDED_VALUE = "added_value", _("lisäarvo")
    STEP = "step", _("kokeilun vaihe")


class ImplementerRole(models.TextChoices):
    LEAD = "lead", _("päätoteuttaja")
    CO_IMPLEMENTER = "co_implementer", _("osatoteuttaja")
    PARTICIPANT = "participant", _("osallistuja")
    FUNDER_ONLY = "funder_only", _("rahoittaja")


# These have budgets of their own.
WITH_BUDGET = (ImplementerRole.LEAD, ImplementerRole.CO_IMPLEMENTER)


class FundingDecisionKind(models.TextChoices):
    GRANT = "grant", _("rahoituspäätös")
    CHANGE = "change", _("muutospäätös")


class ChangeRequestState(models.TextChoices):
    PREPARED = "1_prepared", _("valmisteilla")
    SENT = "2_sent", _("lähetetty")
    ACCEPTED = "3_accepted", _("hyväksytty")
    PARTLY = "4_partly", _("hyväksytty osin")
    REJECTED = "5_rejected", _("hylätty")
    WITHDRAWN = "6_withdrawn", _("peruttu")


# The funder has decided on the request.
ANSWERED = (ChangeRequestState.ACCEPTED, ChangeRequestState.PARTLY, ChangeRequestState.REJECTED)


class DecisionStage(models.TextChoices):
    DRAFT = "draft", _("luonnos")
    MOTION = "motion", _("esitys")
    PROPOSAL = "proposal", _("päätösehdotus")
    DECIDED = "decided", _("päätetty")


# Until it is decided, everything in a decision can be changed.
BEFORE_DECIDED = (DecisionStage.DRAFT, DecisionStage.MOTION, DecisionStage.PROPOSAL)


class DecisionOutcome(models.TextChoices):
    UNANIMOUS = "unanimous", _("yksimielisesti")
    # Somebody was against: a counter-proposal lapsed, or a dissent was announced.
    NO_VOTE = "no_vote", _("äänestyksettä")
    VOTE = "vote", _("äänestyksen jälkeen")
    AMENDED = "amended", _("muutettuna")
    RETURNED = "returned", _("palautettu valmisteluun")
    TABLED = "tabled", _("pantu pöydälle")
    REJECTED = "rejected", _("hylätty")


# What was proposed was decided, as proposed or amended: the decision authorises.
IN_FORCE = (
    DecisionOutcome.UNANIMOUS,
    DecisionOutcome.NO_VOTE,
    DecisionOutcome.VOTE,
    DecisionOutcome.AMENDED,
)


class OfficialRole(models.TextChoices):
    INTRODUCER = "introducer", _("esityksen tekijä")
    PREPARER = "preparer", _("valmistelija")
    PRESENTER = "presenter", _("esittelijä")


class DecisionPartKind(models.TextChoices):
    BACKGROUND = "1_background", _("Hanke")
    FINANCING = "2_financing", _("Rahoitus")
    IMPACT = "3_impact", _("Vaikutusten arviointi")
    # In any collation before "4_motion".
    GROUNDS = "40_grounds", _("Toimivalta ja perustelut")
    PARTIES = "41_parties", _("Asianosaiset")
    MOTION = "4_motion", _("Esitys")
    PROPOSAL = "5_proposal", _("Päätösehdotus")
    DECISION = "6_decision", _("Päätös")
    EFFECT = "70_effect", _("Täytäntöönpano")
    NOTICE = "71_notice", _("Tiedoksianto")
    # Of a paper that was read: kept, and not printed.
    SOURCE = "7_source", _("Muu luetun asiakirjan teksti")


# What not every decision has: they are asked for where the matter needs them.
OPTIONAL_PARTS = (
    DecisionPartKind.GROUNDS,
    DecisionPartKind.PARTIES,
    DecisionPartKind.EFFECT,
    DecisionPartKind.NOTICE,
)


class VoteSide(models.TextChoices):
    """What is voted on as it was proposed, or a counter-proposal."""

    YES = "yes", _("JAA")
    NO = "no", _("EI")


class DissentGround(models.TextChoices):
    """Who may announce a dissent: Local Government Act 410/2015, section 106."""

    VOTED = "voted", _("äänesti päätöstä vastaan")
    PROPOSED = "proposed", _("teki vastaehdotuksen")
    PRESENTED = "presented", _("esittelijä, jonka ehdotuksesta päätös poikkeaa")


# What a decision's conditions are among the parts of its text: a column of its own.
CONDITIONS = "conditions"
# And its title.
TITLE = "title"

# Of a figure that is marked as none of the project's, and of the words on either side.
LONGEST_FIGURE, LONGEST_WORDS = 200, 80


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("valtuusto")
    BOARD = "board", _("kaupunginhallitus tai kunnanhallitus")
    # Also a section of a board or a committee.
    COMMITTEE = "committee", _("lautakunta, johtokunta tai jaosto")
    OFFICIAL = "official", _("viranhaltija")


class MatterKind(models.TextChoices):
    """What a decision does with its matter: how it is appealed follows from it."""

    DECIDES = "decides", _("ratkaisee asian")
    PREPARES = "prepares", _("vain valmistelee asiaa")
    PUTS_INTO_EFFECT = "puts_into_effect", _("vain panee täytäntöön aiemman päätöksen")
    ANSWERS_CLAIM = "answers_claim", _("ratkaisee oikaisuvaatimuksen")


class AppealKind(models.TextChoices):
    CLAIM = "claim", _("oikaisuvaatimus")
    COURT = "court", _("kunnallisvalitus")
    NONE = "none", _("muutoksenhakukielto")


class AppealOutcome(models.TextChoices):
    """How an appeal that was made ended."""

    ACCEPTED = "accepted", _("hyväksytty")
    PARTLY = "partly", _("hyväksytty osin")
    REJECTED = "rejected", _("hylätty")
    INADMISSIBLE = "inadmissible", _("jätetty tutkimatta")
    RETURNED = "returned", _("palautettu uudelleen käsiteltäväksi")
    WITHDRAWN = "withdrawn", _("peruttu")


class NoticeWay(models.TextChoices):
    """How a decision becomes known: the first to a member of the municipality, the others to a party."""

    # Minutes on the public network.
    PUBLISHED = "published", _("yleinen tietoverkko")
    LETTER = "letter", _("kirje")
    EMAIL = "email", _("sähköinen viesti")
    # Or a letter to an authority: the day when it arrived is known.
    RECEIVED = "received", _("luovutus tai saantitodistus")


# Nothing was decided in the matter: it can be prepared again.
LEADING_ON = (DecisionOutcome.RETURNED, DecisionOutcome.TABLED, DecisionOutcome.REJECTED)
# The matter goes on: nothing is decided in it yet.
NOT_YET_DECIDED = (DecisionOutcome.RETURNED, DecisionOutcome.TABLED)
