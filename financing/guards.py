"""What frozen figures rest on, outside the rows that are frozen themselves: it does not change either.

The form of each row says the same before it is saved. What is guarded here stays also when somebody writes
past the forms.
"""

from financing.choices import SENT, SPENT, ClaimStatus, PlanStatus
from mikrogrow.database.frozen import Guard
from projects.choices import DecisionStage

SOURCE_MESSAGE = "Lähde on hyväksytyssä suunnitelmassa, joten sen luokka ja rahoittaja eivät muutu."
PART_MESSAGE = "Osahankkeella on hyväksyttyjä tietoja, joten sen hanke ja organisaatio eivät muutu."
APPROPRIATION_MESSAGE = "Määräraha on tehdyn päätöksen valtuutuksessa, joten sen nimi ja vuosi eivät muutu."
APPROVER_MESSAGE = "Tehdyn päätöksen hyväksyjää ei muuteta eikä poisteta. Hänelle merkitään viimeinen päivä."
SET_ASIDE_MESSAGE = (
    "Lähetetystä hakemuksesta pois jätetty kustannus ei muutu. Se otetaan toiseen hakemukseen."
)
SENT_MESSAGE = "Lähetetyn maksatushakemuksen kausi, numero ja haetut summat eivät muutu. Avaa se uudelleen."
PRINT_MESSAGE = "Vain tehdyn päätöksen pöytäkirjanote säilytetään."
INTERNAL_PRINT_MESSAGE = "Sisäinen versio säilytetään vain silloin, kun pöytäkirjanote tulostetaan."
CORRECTION_MESSAGE = "Vain tehtyä päätöstä korjataan. Muuta voi muuttaa kirjoittamalla."
SECTION_MESSAGE = "Samassa kokouksessa on jo tämä pykälä."

IN_FROZEN_PLAN = f"""
    EXISTS (
        SELECT 1 FROM financing_financingline AS line
        JOIN financing_financingplan AS plan ON plan.id = line.plan_id
        LEFT JOIN financing_financingline_also_includes AS included ON included.financingline_id = line.id
        WHERE plan.status <> '{PlanStatus.DRAFT}' AND OLD.id IN (line.source_id, included.fundingsource_id)
    )
"""
IN_PAID_CLAIM = f"""
    EXISTS (
        SELECT 1 FROM financing_claimsource AS row
        JOIN financing_paymentclaim AS claim ON claim.id = row.claim_id
        WHERE claim.status = '{ClaimStatus.PAID}' AND row.source_id = OLD.id
    )
"""
# Sections that decisions got as their own were corrected.
CORRECTED_TO_SECTION = """
    EXISTS (
        SELECT 1 FROM projects_decisioncorrection AS correction
        JOIN projects_decision AS decision ON decision.id = correction.decision_id
        WHERE decision.id <> NEW.id AND decision.body = NEW.body
          AND correction.new_meeting_date = NEW.meeting_date AND correction.new_section = NEW.section
    )
"""
SECTION_IS_TAKEN = """
    EXISTS (
        SELECT 1 FROM projects_decision AS own
        JOIN projects_decision AS other ON other.body = own.body AND other.id <> own.id
        LEFT JOIN projects_decisioncorrection AS correction ON correction.decision_id = other.id
        WHERE own.id = NEW.decision_id
          AND (
              (other.meeting_date = NEW.new_meeting_date AND other.section = NEW.new_section)
              OR (
                  correction.new_meeting_date = NEW.new_meeting_date
                  AND correction.new_section = NEW.new_section
              )
          )
    )
"""
PART_IS_USED = f"""
    EXISTS (
        SELECT 1 FROM financing_financingplan AS plan
        WHERE plan.co_implementer_id = OLD.id AND plan.status <> '{PlanStatus.DRAFT}'
    )
    OR EXISTS (
        SELECT 1 FROM financing_invoice AS invoice
        WHERE invoice.payer_id = OLD.id AND invoice.status IN ({", ".join(map(repr, map(str, SPENT)))})
    )
    OR EXISTS (
        SELECT 1 FROM financing_paymentclaim AS claim
        WHERE claim.co_implementer_id = OLD.id AND claim.status = '{ClaimStatus.PAID}'
    )
"""
PAYS_FOR_DECISION = f"""
    EXISTS (
        SELECT 1 FROM financing_commitment AS row
        JOIN projects_decision AS decision ON decision.id = row.decision_id
        WHERE row.appropriation_id = OLD.id AND decision.stage = '{DecisionStage.DECIDED}'
    )
"""
NAMED_BY_DECISION = f"""
    NOT OLD.is_substitute
    AND EXISTS (SELECT 1 FROM projects_decision AS decision
                WHERE decision.id = OLD.decision_id AND decision.stage = '{DecisionStage.DECIDED}')
"""
STATES_OF_SENT = ", ".join(map(repr, map(str, SENT)))
OF_SENT_OR_PAID_CLAIM = f"""
    EXISTS (SELECT 1 FROM financing_paymentclaim AS claim
            WHERE claim.id = OLD.claim_id AND claim.status <> '{ClaimStatus.DRAFT}')
"""


def of_sent_claim(row: str) -> str:
    """Of a paid one, nothing changes at all (models/claims.py)."""
    return f"""
        EXISTS (SELECT 1 FROM financing_paymentclaim AS claim
                WHERE claim.id = {row}.claim_id AND claim.status IN ({STATES_OF_SENT}))
    """


OF_DRAFT = f"""
    NOT EXISTS (SELECT 1 FROM projects_decision AS decision
                WHERE decision.id = NEW.decision_id AND decision.stage = '{DecisionStage.DECIDED}')
"""
# It is kept before the public one: to what was made without secrets, nobody adds one later.
WITHOUT_PRINTING = f"""
    {OF_DRAFT}
    OR EXISTS (SELECT 1 FROM projects_printeddecision AS public WHERE public.decision_id = NEW.decision_id)
"""
CORRECTION_IS_PRINTED = """
    EXISTS (SELECT 1 FROM projects_printedcorrection AS public
            WHERE public.correction_id = NEW.correction_id)
"""

GUARDS = (
    Guard(
        "financing_fundingsource",
        "UPDATE",
        f"{IN_FROZEN_PLAN} OR {IN_PAID_CLAIM}",
        SOURCE_MESSAGE,
        ("source_class", "funder_id"),
    ),
    Guard("projects_coimplementer", "UPDATE", PART_IS_USED, PART_MESSAGE, ("project_id", "organisation_id")),
    Guard("financing_appropriation", "UPDATE", PAYS_FOR_DECISION, APPROPRIATION_MESSAGE, ("name", "year")),
    Guard(
        "financing_invoiceapprover",
        "UPDATE",
        NAMED_BY_DECISION,
        APPROVER_MESSAGE,
        ("id", "decision_id", "user_id", "title", "is_substitute", "first_day"),
    ),
    Guard("financing_invoiceapprover", "DELETE", NAMED_BY_DECISION, APPROVER_MESSAGE),
    Guard(
        "financing_setasidecost",
        "UPDATE",
        OF_SENT_OR_PAID_CLAIM,
        SET_ASIDE_MESSAGE,
        ("claim_id", "category", "amount", "reason"),
    ),
    Guard("financing_setasidecost", "DELETE", OF_SENT_OR_PAID_CLAIM, SET_ASIDE_MESSAGE),
    # Of what a sent claim asks for, nothing changes; what the funder decides and pays is still entered.
    Guard(
        "financing_paymentclaim",
        "UPDATE",
        f"OLD.status IN ({STATES_OF_SENT})",
        SENT_MESSAGE,
        ("co_implementer_id", "number", "first_day", "last_day"),
    ),
    # Opening it again takes the day away, and nothing else does.
    Guard(
        "financing_paymentclaim",
        "UPDATE",
        f"OLD.status IN ({STATES_OF_SENT}) AND NEW.status <> '{ClaimStatus.DRAFT}'",
        SENT_MESSAGE,
        ("submitted_on",),
    ),
    Guard("financing_paymentclaim", "DELETE", f"OLD.status IN ({STATES_OF_SENT})", SENT_MESSAGE),
    Guard("financing_claimcost", "INSERT", of_sent_claim("NEW"), SENT_MESSAGE),
    Guard(
        "financing_claimcost",
        "UPDATE",
        f"{of_sent_claim('OLD')} OR {of_sent_claim('NEW')}",
        SENT_MESSAGE,
        ("claim_id", "category", "claimed", "corrects_id"),
    ),
    Guard("financing_claimcost", "DELETE", of_sent_claim("OLD"), SENT_MESSAGE),
    # A source that nobody asked may pay.
    Guard(
        "financing_claimsource",
        "INSERT",
        f"NEW.claimed IS NOT NULL AND {of_sent_claim('NEW')}",
        SENT_MESSAGE,
    ),
    Guard(
        "financing_claimsource",
        "UPDATE",
        f"{of_sent_claim('OLD')} OR {of_sent_claim('NEW')}",
        SENT_MESSAGE,
        ("claim_id", "source_id", "claimed"),
    ),
    Guard(
        "financing_claimsource",
        "DELETE",
        f"OLD.claimed IS NOT NULL AND {of_sent_claim('OLD')}",
        SENT_MESSAGE,
    ),
    Guard("projects_printeddecision", "INSERT", OF_DRAFT, PRINT_MESSAGE),
    Guard("projects_internalprint", "INSERT", WITHOUT_PRINTING, INTERNAL_PRINT_MESSAGE),
    Guard("projects_internalcorrection", "INSERT", CORRECTION_IS_PRINTED, INTERNAL_PRINT_MESSAGE),
    Guard("projects_decisioncorrection", "INSERT", OF_DRAFT, CORRECTION_MESSAGE),
    Guard("projects_decisioncorrection", "INSERT", SECTION_IS_TAKEN, SECTION_MESSAGE),
    Guard("projects_decision", "INSERT", CORRECTED_TO_SECTION, SECTION_MESSAGE),
    Guard(
        "projects_decision",
        "UPDATE",
        CORRECTED_TO_SECTION,
        SECTION_MESSAGE,
        ("body", "meeting_date", "section"),
    ),
)
