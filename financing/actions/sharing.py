"""Turns a divided total into the shared costs of its payers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from financing.models import CostSharing, SharedCost
from financing.rules.sharing import Weight, share_parts, sharing_problem


@transaction.atomic
def apply_sharing(*, sharing: CostSharing) -> list[SharedCost]:
    """Writes the part of each payer as its shared cost, so that the parts sum to the total exactly.

    The invoicer bears its own part itself and gets no shared cost. Raises ValidationError with a sentence
    where the key cannot divide the total, a payer has the same shared cost typed by hand already, or a
    payer that is left out has invoices against its part.
    """
    locked = CostSharing.objects.select_for_update().get(pk=sharing.pk)
    parts = list(locked.parts.select_related("payer__organisation", "payer__project").order_by("pk"))
    weights = [Weight(part.payer.organisation.shown_name, part.population, part.share) for part in parts]
    if problem := sharing_problem(locked.key, weights):
        raise ValidationError(problem)
    payers = [part.payer_id for part in parts]
    amounts = dict(zip(payers, share_parts(locked.total, locked.key, weights), strict=True))
    amounts.pop(locked.invoiced_by_id, None)
    stored = {cost.payer_id: cost for cost in locked.shared_costs.select_related("payer__organisation")}
    for payer_id, cost in stored.items():
        if payer_id not in amounts:
            _remove(cost)
    for payer_id, amount in amounts.items():
        cost = stored.get(payer_id) or SharedCost(payer_id=payer_id, sharing=locked)
        cost.invoiced_by_id = locked.invoiced_by_id
        cost.on_behalf_of_id = locked.on_behalf_of_id
        cost.year = locked.year
        cost.amount = amount
        cost.full_clean()
        cost.save()
    return list(locked.shared_costs.order_by("pk"))


def _remove(cost: SharedCost) -> None:
    if cost.invoices.exists():
        raise ValidationError(
            _("Maksajaa %s ei voi poistaa jaosta, koska sen osuuteen on kirjattu laskuja.")
            % cost.payer.organisation.shown_name
        )
    cost.delete()
