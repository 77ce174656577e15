"""Enumerations of groups, meetings and experiments with their words."""

import re
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.values.typed_text import excerpt

# No company has more.
MOST_PERSONS = 999_999
INDUSTRY_CODE = re.compile(r"[0-9]{2,5}")


class Ownership(models.TextChoices):
    """Whether other companies count in a company's size: Recommendation 2003/361/EC, annex, article 3."""

    AUTONOMOUS = "autonomous", _("riippumaton")
    WITH_OTHERS = "with_others", _("omistusyhteys- tai sidosyrityksiä")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("suunniteltu")
    HELD = "held", _("pidetty")
    CANCELLED = "cancelled", _("peruttu")


class MonthState(models.TextChoices):
    """What a day sees of a group's month."""

    HELD = "held", _("pidetty")
    CANCELLED = "cancelled", _("peruttu")
    MISSED = "missed", _("pitämättä")
    PLANNED = "planned", _("suunniteltu")
    NONE = "none", _("ei suunniteltu")


class FillState(StrEnum):
    """A group's members against its target."""

    FULL = "full"
    SHORT = "short"
    OVER = "over"
    UNKNOWN = "unknown"


class ExperimentStep(models.IntegerChoices):
    """The cycle of an experiment; steps may be reached in any order."""

    CARRIED_OUT = 1, _("toteutettu")
    ASSESSED = 2, _("arvioitu")
    LEARNING_USED = 3, _("oppi käytetty seuraavassa")
    SPREAD = 4, _("levitetty")


class ExperimentState(models.TextChoices):
    """What a day sees of an experiment."""

    AHEAD = "ahead", _("ei ole alkanut")
    UNDER_WAY = "under_way", _("käynnissä")
    ENDED = "ended", _("päättynyt, ei arvioitu")
    ASSESSED = "assessed", _("arvioitu")


class IndustryClass(models.TextChoices):
    """Statistics Finland's classification of industries that a code is of."""

    TOL_2008 = "tol_2008", _("TOL 2008")
    TOL_2025 = "tol_2025", _("TOL 2025")

    def problem_of(self, code: str) -> str:
        """Why it is no code of the classification, as a sentence; empty if it may be one."""
        if not INDUSTRY_CODE.fullmatch(code):
            return gettext("Luettiin ”%s”. Toimialakoodissa on 2–5 numeroa, kuten 56101.") % excerpt(code)
        if int(code[:2]) in _NO_DIVISIONS[self]:
            sentence = gettext("Luettiin ”%(read)s”. Luokituksessa %(name)s ei ole toimialaa %(division)s.")
            return sentence % {"read": code, "name": self.label, "division": code[:2]}
        return ""


# Numbers of two digits that are none of its divisions.
_NO_DIVISIONS = {
    IndustryClass.TOL_2008: {0, 4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89},
    IndustryClass.TOL_2025: {0, 4, 34, 40, 44, 45, 48, 54, 57, 67, 76, 83, 89},
}


class ExperimentKind(models.TextChoices):
    COMMERCIALISATION = "commercialisation", _("kaupallistaminen")
    GROWTH = "growth", _("kasvu")
    EXPORT = "export", _("vienti")


class MeasuredFigure(models.TextChoices):
    """What an indicator measures by hand although it is counted from what is stored, too."""

    COMPANIES = "companies", _("mukana olevat yritykset")
    COMPANIES_EVER = "companies_ever", _("mukana olleet yritykset")
    MEETINGS = "meetings", _("pidetyt kokoontumiset")
    EXPERIMENTS = "experiments", _("toteutetut kokeilut")


class Verdict(models.TextChoices):
    SUCCEEDED = "succeeded", _("onnistui")
    PARTLY = "partly", _("onnistui osittain")
    FAILED = "failed", _("ei onnistunut")
