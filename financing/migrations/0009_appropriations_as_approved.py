"""Keeps with each made decision and each approved invoice the amount of the appropriation that it rests on."""

import mikrogrow.fields
from django.db import migrations


def fill(apps, schema_editor):
    """As it stands today. The newest record of the history too, or the next one would differ from it."""
    appropriation, commitment, invoice = (
        apps.get_model("financing", name) for name in ("Appropriation", "Commitment", "Invoice")
    )
    amounts = {(row.name, row.year): row.amount for row in appropriation._default_manager.all()}
    made = commitment._default_manager.filter(decision__stage="decided")
    for row in made.exclude(appropriation=None).select_related("appropriation"):
        keep(apps, row, row.appropriation.amount)
    approved = invoice._default_manager.filter(status__in=("3_approved", "4_paid"))
    for row in approved.exclude(commitment__appropriation=None).select_related("commitment__appropriation"):
        name = row.commitment.appropriation.name
        keep(apps, row, amounts.get((name, row.year), amounts.get((name, None))))


def keep(apps, row, amount):
    if amount is None:
        return
    type(row)._default_manager.filter(pk=row.pk).update(appropriation_amount=amount)
    record = apps.get_model("financing", f"Historical{type(row).__name__}")
    newest = record._default_manager.filter(id=row.pk).order_by("-history_id").values("pk")[:1]
    record._default_manager.filter(pk__in=list(newest.values_list("pk", flat=True))).update(
        appropriation_amount=amount
    )


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0008_later_commitments'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='appropriation_amount',
            field=mikrogrow.fields.EuroField(blank=True, editable=False, null=True, verbose_name='määräraha päätettäessä, €'),
        ),
        migrations.AddField(
            model_name='historicalcommitment',
            name='appropriation_amount',
            field=mikrogrow.fields.EuroField(blank=True, editable=False, null=True, verbose_name='määräraha päätettäessä, €'),
        ),
        migrations.AddField(
            model_name='historicalinvoice',
            name='appropriation_amount',
            field=mikrogrow.fields.EuroField(blank=True, editable=False, null=True, verbose_name='määräraha hyväksyttäessä, €'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='appropriation_amount',
            field=mikrogrow.fields.EuroField(blank=True, editable=False, null=True, verbose_name='määräraha hyväksyttäessä, €'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
