"""Tables that do not change once a plan is approved, and what a decided decision authorises."""

from mikrogrow.frozen import ByStatus, Change, PartOf
from projects.frozen import DECISION

PLAN = ByStatus(
    "financing_financingplan",
    free=("draft",),
    allowed=(Change("approved", "superseded"),),
    message="Hyväksyttyä rahoitussuunnitelmaa ei voi enää muuttaa. Avaa siitä uusi versio.",
)
LINE = PartOf("financing_financingline", "plan_id", PLAN)

GUARDED = (
    PLAN,
    LINE,
    PartOf("financing_financinglineyear", "line_id", LINE),
    PartOf("financing_financingline_also_includes", "financingline_id", LINE),
    PartOf("financing_costallocation", "plan_id", PLAN),
    PartOf("financing_commitment", "decision_id", DECISION),
)
