"""Every column that holds text, by whether it can say something of a person (tests/test_personal_data.py)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# Why a row is kept although somebody asks to be forgotten (article 17, paragraph 3).
ACCOUNTING = _(
    "Kirjanpitoaineistoa: tositteet säilytetään vähintään 6 ja kirjanpidot 10 vuotta "
    "(kirjanpitolaki 1336/1997, 2 luvun 10 §)."
)
DECIDED = _(
    "Päätösasiakirja: säilytetään arkistolain (831/1994) ja kaupungin tiedonohjaussuunnitelman mukaan."
)
OF_PROJECT = _(
    "Hankkeen asiakirja: säilytetään rahoittajan tarkastuksia varten "
    "(asetus (EU) N:o 1303/2013, 140 artikla; asetus (EU) 2021/1060, 82 artikla)."
)
AID = _("Tieto tuesta: säilytetään 10 vuotta myöntämisestä (asetus (EU) 2023/2831, 6 artikla).")
ACCOUNT = _(
    "Kertoo, kuka on tehnyt mitä (laki 906/2019, 17 §): käyttäjätunnusta ei poisteta, vaan se suljetaan."
)


@dataclass(frozen=True)
class Columns:
    """The columns of a model, names with spaces between them.

    `persons` name a person, `texts` are free and may mention one, `others` do neither. `at` are the ways from
    a row to the one whose page shows it, of which one is filled in.
    """

    persons: str = ""
    texts: str = ""
    others: str = ""
    at: str = ""
    ground: Any = OF_PROJECT

    @property
    def searched(self) -> tuple[str, ...]:
        return (*self.persons.split(), *self.texts.split())


# By the labels of models. A choice from a list is of no person. A record of the history has the columns of
# its row, and the reason of the change.
COLUMNS: dict[str, Columns] = {
    "auth.Group": Columns(others="name"),
    "auth.Permission": Columns(others="name codename"),
    "auth.User": Columns("first_name last_name username email", others="password", ground=ACCOUNT),
    "contenttypes.ContentType": Columns(others="app_label model"),
    "sessions.Session": Columns(others="session_key session_data"),
    "mikrogrow.Change": Columns(others="model kind"),
    "mikrogrow.ChangedProject": Columns(others="name"),
    "mikrogrow.FileOpening": Columns(others="model sha256"),
    "mikrogrow.KnownAddress": Columns(others="key"),
    "mikrogrow.LoginAttempts": Columns(others="key"),
    "mikrogrow.SavedForm": Columns(others="key content address"),
    "projects.AnnexFile": Columns(others="sha256"),
    "projects.Attachment": Columns(
        texts="title secrecy_reason public_title", others="case_reference", at="decision", ground=DECIDED
    ),
    "projects.ChangeRequest": Columns(texts="request", at="project"),
    "projects.CoImplementer": Columns("responsible_person", "unit", at="project"),
    "projects.Decision": Columns(texts="title body conditions", others="case_number", ground=DECIDED),
    "projects.DecisionAppeal": Columns(others="version authority title text", at="decision", ground=DECIDED),
    "projects.DecisionBody": Columns(others="name superior contact court court_contact"),
    "projects.DecisionCorrection": Columns(texts="old_words new_words reason", at="decision", ground=DECIDED),
    "projects.DecisionNotice": Columns("recipient", at="decision", ground=DECIDED),
    "projects.DecisionOfficial": Columns("name title email telephone", "unit", at="decision", ground=DECIDED),
    "projects.DecisionPart": Columns(texts="text", at="decision", ground=DECIDED),
    # Whoever takes part in a meeting is in its minutes by name (Local Government Act 410/2015, section 107).
    "projects.Disqualification": Columns("name title", "ground", at="decision", ground=DECIDED),
    "projects.Dissent": Columns("name", "text", at="decision", ground=DECIDED),
    "projects.FigureMark": Columns(
        texts="reason before after", others="figure", at="decision", ground=DECIDED
    ),
    "projects.FundingDecision": Columns(texts="reference conditions", at="project"),
    "projects.LodgedAppeal": Columns("appellant", at="decision", ground=DECIDED),
    "projects.InternalCorrection": Columns(others="sha256 check_code"),
    "projects.InternalPrint": Columns(others="sha256 check_code"),
    "projects.Milestone": Columns(texts="title", at="project"),
    "projects.Organisation": Columns(texts="name short_name", others="business_id"),
    "projects.PrintedCorrection": Columns(others="sha256 check_code"),
    "projects.PrintedDecision": Columns(others="sha256 check_code"),
    "projects.Programme": Columns(others="name"),
    "projects.Project": Columns(
        texts="name summary target_group background activities",
        others="short_name slug priority_axis specific_objective eura_code case_number",
    ),
    "projects.ProjectPoint": Columns(texts="text", at="project"),
    "projects.ProjectSpelling": Columns(others="spelling"),
    "projects.Vote": Columns(
        "proposed_by seconded_by yes_names no_names blank_names",
        "base_proposal counter_proposal",
        at="decision",
        ground=DECIDED,
    ),
    "financing.Appropriation": Columns(texts="name", others="ledger_code", ground=ACCOUNTING),
    "financing.ClaimCost": Columns(
        texts="deduction_reason", at="claim__co_implementer__project", ground=ACCOUNTING
    ),
    "financing.Commitment": Columns(texts="later_reason", at="decision", ground=DECIDED),
    "financing.CostSharing": Columns(texts="name", at="invoiced_by__project"),
    "financing.FinancingPlan": Columns(
        texts="reason approval_note", at="co_implementer__project whole_project"
    ),
    "financing.FindingExplanation": Columns(
        texts="explanation sentence facts", others="code subject detail left right difference", at="project"
    ),
    "financing.Forecast": Columns(texts="note", at="co_implementer__project"),
    "financing.FundingSource": Columns(texts="name"),
    "financing.Invoice": Columns(
        "supplier",
        "description number approval_note rejection_reason approved_as file_name",
        others="business_id file_sha256",
        ground=ACCOUNTING,
    ),
    "financing.InvoiceApprover": Columns(texts="title", at="decision", ground=DECIDED),
    "financing.KeptFinding": Columns(others="code"),
    "financing.KeptNeed": Columns(others="appropriation"),
    "financing.PassThrough": Columns(texts="explanation", at="receiver__project"),
    "financing.PaymentClaim": Columns(texts="note", at="co_implementer__project", ground=ACCOUNTING),
    "financing.ProjectSummary": Columns(others="names fault"),
    "financing.Revenue": Columns("payer", "explanation", at="co_implementer__project", ground=ACCOUNTING),
    "financing.SetAsideCost": Columns(texts="reason", at="claim__co_implementer__project", ground=ACCOUNTING),
    "groups.Company": Columns("name", "industry", others="business_id industry_code"),
    "groups.CompanyGroup": Columns(texts="name"),
    "groups.ContactPerson": Columns("name email telephone", at="company"),
    "groups.DeMinimisAid": Columns(texts="granter ground", at="company", ground=AID),
    "groups.Experiment": Columns(texts="title idea success channel helped_by learnt", others="unit"),
    "groups.ExperimentRound": Columns(texts="what result", at="experiment"),
    "groups.ExperimentSpread": Columns(texts="to_whom where", at="experiment"),
    "groups.Guest": Columns("name organisation", at="meeting"),
    "groups.Indicator": Columns(texts="name source", others="unit", at="project"),
    "groups.IndicatorValue": Columns(texts="source", at="indicator__project"),
    "groups.Meeting": Columns(texts="minutes agreed programme theme host_trial place cancel_reason"),
    "groups.Membership": Columns(texts="leaving_reason", at="company"),
    "groups.Municipality": Columns(others="name code"),
    "groups.SubRegion": Columns(others="name code"),
}
# What people did, in words that stay as they were; and forms and previews kept for a day at most for who had
# typed or read them.
LOGS: dict[str, Columns] = {
    "admin.LogEntry": Columns(texts="object_repr change_message", others="object_id"),
    "mikrogrow.ImportPreview": Columns(texts="content", others="path key"),
    "mikrogrow.KeptForm": Columns(texts="content", others="path"),
    "mikrogrow.PrintOrder": Columns(others="key worker sha256 file_name basis problem"),
}
OF_RECORD = "history_change_reason"
