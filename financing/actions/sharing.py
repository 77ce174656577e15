"""Turns a divided total into a shared cost for each of its payers."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financing.models import CostSharing, SharedCost
from financing.queries.sharing import sharing_of
from financing.rules.sharing import parts_to_pay, sharing_problem
from mikrogrow.database.writing import locked, writes


@writes("sharing")
def apply_sharing(*, sharing: CostSharing) -> list[SharedCost]:
    """Writes each payer's part as its shared cost.

    The invoicer pays its own share and gets no shared cost. Raises ValidationError if the key cannot divide
    the total, a payer's shared cost was also typed by hand, or a payer that is left out has invoices.
    """
    now = locked(CostSharing.objects.filter(pk=sharing.pk)).get()
    amounts = _amounts(now)
    stored = {cost.payer_id: cost for cost in now.shared_costs.select_related("payer__organisation")}
    for payer_id, cost in stored.items():
        if payer_id not in amounts:
            _remove(cost)
    for payer_id, amount in amounts.items():
        cost = stored.get(payer_id) or SharedCost(payer_id=payer_id, sharing=now)
        cost.invoiced_by_id = now.invoiced_by_id
        cost.on_behalf_of_id = now.on_behalf_of_id
        cost.year = now.year
        cost.amount = amount
        cost.full_clean()
        cost.save()
    return list(now.shared_costs.order_by("pk"))


def _amounts(sharing: CostSharing) -> dict[int, Decimal]:
    parts = sharing.parts.select_related("payer__organisation", "payer__project").order_by("pk")
    given = sharing_of(sharing, parts)
    if problem := sharing_problem(given.key, given.weights):
        raise ValidationError(problem)
    amounts = dict(zip((part.payer_id for part in parts), parts_to_pay(given), strict=True))
    amounts.pop(sharing.invoiced_by_id, None)
    return amounts


def _remove(cost: SharedCost) -> None:
    if cost.invoices.exists():
        raise ValidationError(
            _("Maksajaa %s ei voi poistaa jaosta, koska sen osuuteen on kirjattu laskuja.")
            % cost.payer.organisation.shown_name
        )
    cost.delete()
