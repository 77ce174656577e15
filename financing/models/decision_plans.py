"""Which version of the city's budget a decision rests on."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financing.models.plans import FinancingPlan
from mikrogrow.belonging import Belongs
from mikrogrow.history import History
from projects.models import Decision


class DecisionPlan(models.Model):
    """The approved version of the city's budget when a decision was made.

    The decision shows this version's financing, whatever is approved later. A decision made before any
    version was approved has none.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="+", verbose_name=_("päätös"))
    plan = models.ForeignKey(
        FinancingPlan, models.PROTECT, related_name="decision_plans", verbose_name=_("rahoitussuunnitelma")
    )

    belongs = Belongs("decision")

    history = History()

    class Meta:
        verbose_name = _("päätöksen rahoitussuunnitelma")
        verbose_name_plural = _("päätösten rahoitussuunnitelmat")
        # Only deciding creates it, and who may see the decision sees it.
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("versio %s") % self.plan.version
