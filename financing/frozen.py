"""What does not change: approved plans and invoices, paid claims, what a made decision authorises.

Explanations do not either: a new one is a new row.
"""

from mikrogrow.database.frozen import AppendOnly, ByStatus, Change, PartOf
from projects.frozen import DECISION

PLAN = ByStatus(
    "financing_financingplan",
    free=("draft",),
    allowed=(Change("approved", "superseded"),),
    message="Hyväksyttyä rahoitussuunnitelmaa ei voi enää muuttaa. Avaa siitä uusi versio.",
)
INVOICE = ByStatus(
    "financing_invoice",
    free=("1_received", "2_checked"),
    allowed=(Change("3_approved", "4_paid", ("paid_on",)),),
    message="Hyväksyttyä, maksettua tai hylättyä laskua ei voi enää muuttaa.",
)
CLAIM = ByStatus(
    "financing_paymentclaim",
    free=("1_draft", "2_submitted", "3_decided"),
    # Marked as paid by mistake (actions/claims.py).
    allowed=(Change("4_paid", "3_decided"),),
    message="Maksettua maksatushakemusta ei voi enää muuttaa.",
)
LINE = PartOf("financing_financingline", "plan_id", PLAN)

GUARDED = (
    PLAN,
    INVOICE,
    CLAIM,
    LINE,
    PartOf("financing_financinglineyear", "line_id", LINE),
    PartOf("financing_financingline_also_includes", "financingline_id", LINE),
    PartOf("financing_costallocation", "plan_id", PLAN),
    PartOf("financing_commitment", "decision_id", DECISION),
    PartOf("financing_decisionplan", "decision_id", DECISION),
    # What was set aside is not guarded: a later claim takes it in.
    PartOf("financing_claimcost", "claim_id", CLAIM),
    PartOf("financing_claimsource", "claim_id", CLAIM),
    AppendOnly(
        "financing_findingexplanation", "Selitystä ei voi muuttaa eikä poistaa. Kirjoita uusi selitys."
    ),
)
