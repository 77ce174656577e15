"""What is measured: pages against the rows that they need, growth against itself, papers against others."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import weasyprint
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financing.choices import SourceClass
from financing.models import FinancingPlan, FundingSource
from financing.queries.figures import project_figures
from financing.queries.summaries import outdate_all
from financing.reconciliation.explaining import project_findings
from mikrogrow.pdf import markup
from mikrogrow.pdf.render import STATIC_SCHEME, _fetcher, recent_documents
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.choices import DecisionOutcome, DecisionPartKind
from projects.decisions.actions import Deciding, decide
from projects.decisions.document import decision_pdf
from projects.models import Decision, Project
from tests.benchmarks.groups import group_results
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.pages import allocation, changing, opening, record
from tests.benchmarks.texts import text_results
from tests.benchmarks.urls import RECORDED
from tests.support.appeal_factories import make_body
from tests.support.big_project import Size, make_big_project
from tests.support.factories import (
    change,
    make_decision_part,
    make_draft_decision,
    make_official,
    make_project,
    make_user,
)
from tests.support.full_project import make_full_project

PAGES = ("project", "financing", "invoices", "spending", "claims", "reconciliation", "plan_versions")
LONG_LISTS = {"invoices"}


def all_results(rounds: int, *, is_postgres: bool) -> Iterator[Result]:
    """Every benchmark, one after the other; some goals differ between the databases."""
    recent_documents.maximum = 0
    client = Client()
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    big = make_big_project()
    yield from _pages(client, big, rounds, 2.6 if is_postgres else 4.2)
    yield from group_results(rounds, is_postgres=is_postgres)
    yield from text_results(rounds)
    yield from _growth(client, rounds)
    yield from _admin_form(client, rounds)
    yield from _many_projects(client, rounds, 2.6 if is_postgres else 4.2, 2.5 if is_postgres else 5.0)
    yield from _decision_pdf(client, rounds)
    yield from _budget_pdf(client, big, rounds)
    yield from _what_makes_pdfs_faster(client, big, rounds)


def _pages(client: Client, big: Project, rounds: int, reach: float) -> Iterator[Result]:
    floor = opening(client, reverse("same_rows"))
    change = changing(big)
    for page in PAGES:
        run = opening(client, reverse(page, args=[big.slug]))
        run()
        change()
        record(run)
        yield compare(f"{page}, big project", "SQL floor", run, floor, reach, rounds=rounds)
        yield compare(f"{page}, after a change", "SQL floor", run, floor, None, rounds=rounds, before=change)
        yield allocation(f"{page}, peak allocation", run)


def _growth(client: Client, rounds: int) -> Iterator[Result]:
    one = make_big_project(Size(versions=1, invoices=50))
    many = make_big_project(Size(versions=12, invoices=50))
    few_rows = opening(client, reverse("financing", args=[one.slug]))
    many_rows = opening(client, reverse("financing", args=[many.slug]))
    yield compare("financing, 12 versions", "1 version", many_rows, few_rows, 1.1, rounds=rounds)
    small = make_big_project(Size(versions=1, lines=20, invoices=50))
    large = make_big_project(Size(versions=1, lines=20, invoices=500))
    yield compare(
        "invoices, 500 rows (paged)",
        "50 rows",
        opening(client, reverse("invoices", args=[large.slug])),
        opening(client, reverse("invoices", args=[small.slug])),
        1.15,
        rounds=rounds,
    )


def _admin_form(client: Client, rounds: int) -> Iterator[Result]:
    def form(size: Size, *, has_lines: bool = True) -> Callable[[], Any]:
        project = make_big_project(size)
        plan = FinancingPlan.objects.get(co_implementer__project=project)
        new = reverse("admin:financing_financingplan_new_version", args=[plan.pk])
        client.post(new, {"reason": "Mittaus"})
        draft = plan.co_implementer.plans.get(status="draft")
        if not has_lines:
            draft.lines.all().delete()
        return opening(client, reverse("admin:financing_financingplan_change", args=[draft.pk]))

    many = form(Size(versions=1, lines=20, years=7, implementers=1, invoices=5))
    few = form(Size(versions=1, lines=20, years=1, implementers=1, invoices=5))
    yield compare("admin form, 140 amounts", "the same form, 20 amounts", many, few, 3.0, rounds=rounds)
    sources = (
        FundingSource(name=f"Rahoittajan {number} tuki", source_class=SourceClass.PRIVATE)
        for number in range(1000)
    )
    FundingSource.objects.bulk_create(sources)
    bare = form(Size(versions=1, lines=20, years=7, implementers=1, invoices=5), has_lines=False)
    yield compare("admin form, 1 000 sources", "the same without lines", many, bare, 1.6, rounds=rounds)


def _many_projects(client: Client, rounds: int, page_reach: float, reach: float) -> Iterator[Result]:
    for _number in range(100):
        make_full_project()
    projects = list(Project.objects.all())
    run = opening(client, reverse("portfolio"))

    outdate_all()
    record(run)
    floor = opening(client, reverse("same_rows"))
    what = f"portfolio, 50 of {len(projects)} projects"
    yield compare(what, "SQL floor", run, floor, page_reach, rounds=rounds)
    yield compare(f"{what}, all changed", "SQL floor", run, floor, None, rounds=rounds, before=outdate_all)
    yield allocation("portfolio, peak allocation", run)

    def ours() -> None:
        for figures in project_figures(projects).values():
            project_findings(figures)

    outdate_all()
    record(lambda: project_figures(projects))
    questions = list(RECORDED)

    def cursor_floor() -> None:
        with connection.cursor() as cursor:
            for sql, params in questions:
                cursor.execute(sql, params)
                cursor.fetchall()

    # The command runs in a process of its own, which has kept nothing.
    what = f"reconcile {len(projects)} projects"
    yield compare(
        what, "plain cursor, same rows", ours, cursor_floor, reach, rounds=rounds, before=outdate_all
    )


def _decision_pdf(client: Client, rounds: int) -> Iterator[Result]:
    """Our PDF against WeasyPrint alone with the same markup, and the one that was kept against a constant."""
    make_body()
    draft = make_draft_decision(make_project(), matter_kind="decides")
    make_official(draft, role="preparer", email="valmistelija@example.org")
    for kind in DecisionPartKind:
        make_decision_part(draft, kind, "Kaupunki osallistuu hankkeeseen ja maksaa osuutensa. " * 20)
    made, at = Decision.objects.with_contents().get(pk=draft.pk), timezone.now()
    with patch("mikrogrow.pdf.render.render_to_string", wraps=render_to_string) as rendered:
        decision_pdf(made, at=at)
    template, context = rendered.call_args.args
    own = {"base_url": f"{STATIC_SCHEME}:/", "url_fetcher": _fetcher()}

    def bare() -> None:
        markup = render_to_string(template, context)
        weasyprint.HTML(string=markup, **own).write_pdf(pdf_variant="pdf/a-2a")

    yield compare(
        "decision PDF", "WeasyPrint alone", lambda: decision_pdf(made, at=at), bare, 1.15, rounds=rounds
    )
    change(draft, meeting_date=timezone.localdate())
    maker = make_user(SYSTEM_ADMINISTRATOR)
    decide(decision=draft, deciding=Deciding(DecisionOutcome.UNANIMOUS, maker, timezone.now()))
    kept, floor = reverse("decision_pdf", args=[draft.pk]), reverse("constant")
    yield compare(
        "kept decision PDF", "constant", opening(client, kept), opening(client, floor), 2.0, rounds=rounds
    )


def _budget_pdf(client: Client, big: Project, rounds: int) -> Iterator[Result]:
    """Our PDF against LibreOffice printing our workbook, each once and cold as far as it can be."""
    office = shutil.which("soffice")
    if office is None:
        return
    content = client.get(reverse("budget_xlsx", args=[big.slug])).content
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "budget.xlsx"
        sheet.write_bytes(content)
        command = [
            office,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "pdf",
        ]

        def print_sheet() -> None:
            subprocess.run([*command, "--outdir", folder, str(sheet)], check=True, capture_output=True)

        yield compare(
            "budget PDF",
            "LibreOffice prints the workbook",
            opening(client, reverse("budget_pdf", args=[big.slug])),
            print_sheet,
            1.0,
            rounds=min(rounds, 3),
        )


def _what_makes_pdfs_faster(client: Client, big: Project, rounds: int) -> Iterator[Result]:
    """The budget's PDF with and without each piece of code that is there only for speed."""
    run = opening(client, reverse("budget_pdf", args=[big.slug]))
    without = {
        "WeasyPrint reads the markup": patch.object(markup, "read_tree", return_value=None),
        "garbage collected meanwhile": patch("mikrogrow.pdf.render._collector_off", nullcontext),
    }
    for over, other in without.items():

        def slower(without: Any = other) -> None:
            with without:
                run()

        yield compare("budget PDF", over, run, slower, None, rounds=min(rounds, 5))
