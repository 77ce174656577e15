"""Which versions of budgets a decision rests on."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financing.models.plans import FinancingPlan
from mikrogrow.belonging import Belongs
from mikrogrow.history import History
from projects.models import Decision


class DecisionPlan(models.Model):
    """An approved version of a budget that holds the city's money, when a decision was made.

    One of the city's part in each project that the decision concerns; of a project that the city only funds,
    those that it gives money to. The decision shows the financing of its own project's version, whatever is
    approved later. A decision made before any version was approved has none.
    """

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="plan_links", verbose_name=_("päätös")
    )
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
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "plan"],
                name="decision_rests_once_on_plan",
                violation_error_message=_("Päätös perustuu jo tähän suunnitelmaan."),
            )
        ]

    def __str__(self) -> str:
        return gettext("versio %s") % self.plan.version
