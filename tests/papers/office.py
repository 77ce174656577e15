"""The people of the papers' city and what they enter, each in the forms of their role."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.text import slugify

from financing.models import FinancingPlan, Invoice
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, INVOICE_APPROVER
from projects.choices import BodyKind
from projects.models import Decision, Project
from tests.papers.forms import Form, sent
from tests.support.cast import logged_in
from tests.support.factories import make_user

CITY = "Esimerkkikaupunki"
OWN = "Esimerkkikaupungin omarahoitus"
LEAD = "Esimerkkiseudun kehitys Oy"
FUNDER = "Esimerkin maakuntaliitto"
GRANT = "EAKR- ja valtion rahoitus, Esimerkki"
COMPANIES = "Esimerkkiyritysten rahoitus"
NOT_BROKEN_DOWN, STAFF, FLAT_RATE = "ei eritelty", "palkkakustannukset", "prosenttimääräiset"

Values = dict[str, Any]
Rows = list[Values]


@dataclass
class Office:
    """An empty database with its people; the city and its source of money are entered first."""

    budget: Client = field(default_factory=lambda: logged_in(BUDGET_ADMINISTRATOR, username="budjetti"))
    reader: Client = field(default_factory=lambda: logged_in(username="lukija"))
    preparer: Client = field(default_factory=lambda: logged_in(DECISION_PREPARER, username="valmistelija"))

    def __post_init__(self) -> None:
        self.official = make_user(
            INVOICE_APPROVER, username="johtaja", first_name="Eeva", last_name="Esimerkki"
        )
        self.approver = logged_in(self.official)
        self.organisation(CITY, "kunta", is_own_city=True)
        self.organisation(LEAD, "kehittämisyhtiö")
        self.organisation(FUNDER, "maakunnan liitto")
        board = {"name": "Kaupunginhallitus", "kind": BodyKind.BOARD.label}
        self.add(self.budget, "projects_decisionbody", board)
        self.source(OWN, "kuntarahoitus", CITY)
        self.source(GRANT, "EU ja valtio", FUNDER)
        self.source(COMPANIES, "yksityinen rahoitus")

    def add(self, client: Client, model: str, values: Values, **tables: Rows) -> Any:
        """Fills in and sends the form of a new row; the page that comes next."""
        address = reverse(f"admin:{model}_add")
        form = Form(client.get(address))
        form.fill(values)
        for table, rows in tables.items():
            form.add(table, rows)
        return sent(client, address, form)

    def organisation(self, name: str, kind: str = "muu", **values: Any) -> None:
        self.add(self.budget, "projects_organisation", {"name": name, "kind": kind, **values})

    def source(self, name: str, source_class: str, funder: str = "") -> None:
        values = {"name": name, "source_class": source_class}
        self.add(self.budget, "financing_fundingsource", values | ({"funder": funder} if funder else {}))

    def project(self, name: str, period: tuple[str, str], total_cost: str, **more: Any) -> Project:
        """`parties` and `grants` are rows of its form; without them the city carries it out alone."""
        parties = more.pop("parties", [{"organisation": CITY, "role": "päätoteuttaja"}])
        grants = more.pop("grants", [])
        values = {
            "name": f"{name}, esimerkkihanke",
            "short_name": name,
            "slug": slugify(name),
            "status": "käynnissä",
            "starts_on": period[0],
            "ends_on": period[1],
            "total_cost": total_cost,
            "eura_code": f"S3{len(name):04}",
            "case_number": "1201/02.05.02/2025",
            **more,
        }
        tables = {"co_implementers": parties, "funding_decisions": grants}
        self.add(self.budget, "projects_project", values, **tables)
        return Project.objects.get(slug=values["slug"])

    def plan(
        self,
        values: Values,
        lines: Rows,
        costs: Rows,
        totals: Rows = (),
        later: dict[str, Values] | None = None,
        **approval: str,
    ) -> FinancingPlan:
        """A plan with its sources, on the next form their years and costs; then it is approved.

        `later` is filled in beside the sources when they are stored, as their years are.
        """
        now = [{name: value for name, value in row.items() if name != "years"} for row in lines]
        self.add(self.budget, "financing_financingplan", values, lines=now)
        plan = FinancingPlan.objects.latest("pk")
        address = reverse("admin:financing_financingplan_change", args=[plan.pk])
        form = Form(self.budget.get(address))
        for row in lines:
            form.change("lines", "source", {row["source"]: _in_years(row.get("years", {}))})
        form.change("lines", "source", later or {})
        form.add("costs", [{"category": row["category"], **_in_years(row["years"])} for row in costs])
        form.add("stated_totals", list(totals))
        sent(self.budget, address, form)
        self.step(self.budget, "admin:financing_financingplan_approve", plan.pk, approval)
        plan.refresh_from_db()
        return plan

    def step(self, client: Client, name: str, key: int, values: Values, form: str = "") -> None:
        """Explanations are given by the code of what they explain; each error that stands needs one.

        `form` is the step of the one that is meant where the page has several.
        """
        address = reverse(name, args=[key])
        filled = Form(client.get(address), step=form)
        for code in [name for name in values if name.startswith("explanation-")]:
            asked = [name for name in filled.controls if name.startswith(f"{code}-")]
            assert asked, f"the page asks for no {code}"
            filled.fill(dict.fromkeys(asked, values[code]))
            values = {name: value for name, value in values.items() if name != code}
        filled.fill(values)
        sent(client, address, filled)

    def appropriation(self, **values: Any) -> None:
        self.add(self.budget, "financing_appropriation", values)

    def decision(self, project: Project, values: Values, commitments: Rows, **explained: str) -> Decision:
        """A draft with its texts and caps, by the preparer, who marks it decided after the meeting."""
        values = {
            "project": project.short_name,
            "body": "Kaupunginhallitus",
            "title": f"Osallistuminen hankkeeseen {project.short_name}",
            "meeting_date": "20.1.2025",
            "section": "12",
            "case_number": project.case_number,
            **values,
        }
        texts = [
            {"kind": "Päätösehdotus", "text": "Kaupunginhallitus päättää hyväksyä osallistumisen."},
            {"kind": "Päätös", "text": "Hyväksyttiin ehdotuksen mukaan."},
        ]
        preparer = {"role": "valmistelija", "title": "Projektipäällikkö", "email": "hanke@example.org"}
        rows = {"officials": [preparer], "parts": texts, "commitments": commitments}
        self.add(self.preparer, "projects_decision", values, **rows)
        decision = Decision.objects.latest("pk")
        deciding = {"outcome": "yksimielisesti", **explained}
        self.step(self.preparer, "decide_decision", decision.pk, deciding, form="decide")
        decision.refresh_from_db()
        return decision

    def names_approver(self, decision: Decision) -> None:
        values = {"decision": str(decision), "user": "johtaja", "title": "Elinkeinojohtaja"}
        self.add(self.budget, "financing_invoiceapprover", values)

    def paid_invoice(self, project: Project, values: Values, explanation: str = "") -> Invoice:
        """Entered and checked by the one, approved by the other, and paid on the day that the form offers."""
        payer = project.co_implementers.get(organisation__is_own_city=True)
        address = f"{reverse('admin:financing_invoice_add')}?payer={payer.pk}"
        form = Form(self.budget.get(address))
        form.fill(values)
        sent(self.budget, address, form)
        invoice = Invoice.objects.latest("pk")
        self.take(self.budget, invoice, "check")
        # The form asks for an explanation only where a limit is exceeded.
        self.take(self.approver, invoice, "approve", **({"explanation": explanation} if explanation else {}))
        self.take(self.budget, invoice, "pay")
        invoice.refresh_from_db()
        return invoice

    def take(self, client: Client, invoice: Invoice, step: str, **values: str) -> None:
        address = reverse("invoice", args=[invoice.pk])
        form = Form(client.get(address), step=step)
        form.fill(values)
        sent(client, address, form)


def _in_years(years: dict[int | None, str]) -> Values:
    """Typed amounts by the fields of their years; None is the column of years not known."""
    return {f"year_{'undated' if year is None else year}": amount for year, amount in years.items()}


def grant(amount: str, day: str = "16.12.2024", **more: Any) -> Values:
    """What the regional council decided, as a row of the project's form."""
    return {
        "kind": "rahoituspäätös",
        "funder": FUNDER,
        "decided_on": day,
        "max_amount": amount,
        **more,
    }


def line(source: str, amount: str, share: str = "", years: dict[int, str] | None = None) -> Values:
    return {"source": source, "stated_amount": amount, "stated_share": share, "years": years or {}}


def cap(amount: str, years: tuple[int, int] | None = None, **more: Any) -> Values:
    of_years = {"first_year": years[0], "last_year": years[1]} if years else {}
    return {"max_amount": amount, **of_years, **more}
