"""Several people put claims back at the same moment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from financing.actions.claims import reopen_claim
from financing.choices import ClaimStatus
from financing.models import PaymentClaim
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.concurrency import PEOPLE, at_once
from tests.support.factories import make_part, make_project, make_user
from tests.support.spending_factories import make_claim, pay

pytestmark = pytest.mark.usefixtures("threads")


def test_claims_go_back_once_each_and_never_from_under_a_later_paid_one():
    part, user = make_part(make_project()), make_user(BUDGET_ADMINISTRATOR)
    days = {"submitted_on": date(2018, 2, 1), "decided_on": date(2018, 3, 1)}
    claims = [pay(make_claim(part, number, status=ClaimStatus.DECIDED, **days)) for number in (1, 2)]

    def reopen(number: int) -> int:
        """The number of the claim that this person put back, 0 if they were refused."""
        claim = claims[number % 2]
        try:
            reopen_claim(claim=claim, user=user, reason="Vahinko.")
        except ValidationError:
            return 0
        return claim.number

    done = at_once(reopen)

    # Who asked for the first one before the second was back was refused.
    assert sorted(filter(None, done)) in ([2], [1, 2])
    records = PaymentClaim.history.filter(history_change_reason__isnull=False).order_by("history_id")
    assert list(records.values_list("number", flat=True)) == ([2, 1] if 1 in done else [2])
    assert len(done) == PEOPLE
