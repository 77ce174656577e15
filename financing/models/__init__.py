"""The models of money: plans, shared costs, commitments, invoices, claims, forecasts, explanations."""

from financing.models.claims import ClaimCost, ClaimSource, PaymentClaim, SetAsideCost
from financing.models.commitments import Appropriation, Commitment
from financing.models.decision_plans import DecisionPlan
from financing.models.explanations import FindingExplanation
from financing.models.forecasts import Forecast, ForecastAmount
from financing.models.invoices import Invoice, InvoiceApprover
from financing.models.pass_through import PassThrough
from financing.models.plans import (
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
)
from financing.models.revenue import Revenue
from financing.models.shared_costs import CostSharing, CostSharingPart, SharedCost
from financing.models.stated import StatedTotal
from financing.models.summaries import KeptFinding, KeptNeed, ProjectSummary

__all__ = [
    "Appropriation",
    "ClaimCost",
    "ClaimSource",
    "Commitment",
    "CostAllocation",
    "CostSharing",
    "CostSharingPart",
    "DecisionPlan",
    "FinancingLine",
    "FinancingLineYear",
    "FinancingPlan",
    "FindingExplanation",
    "Forecast",
    "ForecastAmount",
    "FundingSource",
    "Invoice",
    "InvoiceApprover",
    "KeptFinding",
    "KeptNeed",
    "PassThrough",
    "PaymentClaim",
    "ProjectSummary",
    "Revenue",
    "SetAsideCost",
    "SharedCost",
    "StatedTotal",
]
