"""Whatever people do with the versions of a plan, in whatever order, what must hold holds."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from financing.actions.plans import approve_plan, open_new_version
from financing.choices import PlanStatus
from financing.models import FinancingLine, FinancingPlan
from financing.queries.figures import figures_of, plan_figures
from financing.reports.plans import plan_table
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.factories import (
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

STATUSES = PlanStatus
YEARS = (2017, 2018, 2019)
euros = st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100)
choices = st.integers(0, 50)


class Versions(RuleBasedStateMachine):
    """A budget whose versions are edited, approved and replaced; refusals are allowed, faults are not."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.user = make_user(BUDGET_ADMINISTRATOR)
        self.part = make_part(make_project())
        self.sources = [make_source(funder=self.part.organisation), *(make_source() for _number in range(3))]
        make_plan(self.part, 1000)
        # What each version held when it was approved, by its number.
        self.approved: dict[int, object] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def versions(self):
        return list(FinancingPlan.objects.filter(co_implementer=self.part).with_lines().order_by("version"))

    def some_version(self, number):
        versions = self.versions()
        return versions[number % len(versions)]

    def some_line(self, number):
        lines = list(FinancingLine.objects.filter(plan__co_implementer=self.part).order_by("pk"))
        return lines[number % len(lines)] if lines else None

    @rule(version=choices, source=choices, amount=st.none() | euros)
    def add_a_line(self, version, source, amount):
        plan = self.some_version(version)
        self.only_in_a_draft(
            plan, lambda: make_line(plan, amount, source=self.sources[source % len(self.sources)])
        )

    @rule(line=choices, amount=euros)
    def change_a_line(self, line, amount):
        found = self.some_line(line)
        if found is None:
            return
        found.stated_amount = amount
        self.only_in_a_draft(found.plan, found.save)

    @rule(line=choices, amount=euros)
    def change_a_line_behind_the_model(self, line, amount):
        found = self.some_line(line)
        if found is None:
            return
        rows = FinancingLine.objects.filter(pk=found.pk)
        self.only_in_a_draft(found.plan, lambda: rows.update(stated_amount=amount))

    @rule(line=choices)
    def remove_a_line(self, line):
        found = self.some_line(line)
        if found is not None:
            self.only_in_a_draft(found.plan, found.delete)

    @rule(version=choices, year=st.sampled_from(YEARS), amount=st.none() | euros)
    def plan_costs(self, version, year, amount):
        plan = self.some_version(version)
        if not plan.costs.filter(year=year).exists():
            self.only_in_a_draft(plan, lambda: make_cost(plan, year, amount))

    @rule(version=choices, explanation=st.sampled_from(["", "Paperissa on näin."]))
    def approve(self, version, explanation):
        plan = self.some_version(version)
        was_draft = plan.status == STATUSES.DRAFT
        try:
            approve_plan(plan=plan, user=self.user, on=date(2018, 1, 1), explanation=explanation)
        except ValidationError:
            return
        assert was_draft
        self.approved[plan.version] = self.held_by(plan.pk)

    @rule(version=choices, reason=st.sampled_from(["", "Rahoittaja muutti osuuttaan."]))
    def open_a_new_version(self, version, reason):
        plan = self.some_version(version)
        try:
            new = open_new_version(plan=plan, user=self.user, reason=reason)
        except ValidationError:
            return
        assert plan.status == STATUSES.APPROVED
        assert reason
        assert self.held_by(new.pk) == self.held_by(plan.pk)

    @rule(version=choices)
    def delete_a_version(self, version):
        plan = self.some_version(version)
        if len(self.versions()) > 1:
            self.only_in_a_draft(plan, plan.delete)

    def only_in_a_draft(self, plan, change):
        """Tries the change; the database refuses it in a plan that is no draft, or takes a source once."""
        is_draft = FinancingPlan.objects.get(pk=plan.pk).status == STATUSES.DRAFT
        try:
            with transaction.atomic():
                change()
        except IntegrityError:
            return
        assert is_draft

    def held_by(self, pk):
        """What a version holds, without its number and state."""
        plan = FinancingPlan.objects.with_lines().get(pk=pk)
        figures = plan_figures(plan)
        return (figures.cost, figures.lines, sorted(figures.costs, key=str))

    @invariant()
    def at_most_one_draft_and_one_approved(self):
        statuses = [plan.status for plan in self.versions()]
        assert statuses.count(STATUSES.APPROVED) <= 1
        assert statuses.count(STATUSES.DRAFT) <= 1

    @invariant()
    def what_was_approved_is_as_it_was(self):
        for plan in self.versions():
            if plan.status != STATUSES.DRAFT:
                assert self.held_by(plan.pk) == self.approved[plan.version]

    @invariant()
    def the_approved_version_counts_and_its_sums_are_those_of_its_parts(self):
        counting = figures_of(self.part.project).city_plan
        versions = self.versions()
        approved = [plan.version for plan in versions if plan.status == STATUSES.APPROVED]
        drafts = [plan.version for plan in versions if plan.status == STATUSES.DRAFT]
        assert [counting.version] == (approved or drafts)
        amounts = [line.amount for line in counting.lines]
        table = plan_table(counting, [])
        assert table.total == (None if None in amounts or not amounts else sum(amounts))


def test_no_sequence_of_edits_and_approvals_breaks_the_versions_of_a_plan():
    run_state_machine_as_test(
        Versions,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
