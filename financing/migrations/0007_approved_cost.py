"""Keeps with each approved plan of a whole project the cost that it rests on."""

import mikrogrow.fields
from django.db import migrations, models


def fill(apps, schema_editor):
    """As pages showed it until now: the project's own. The history too, or its next record would differ."""
    plan, record = (apps.get_model("financing", name) for name in ("FinancingPlan", "HistoricalFinancingPlan"))
    frozen = {"status__in": ("approved", "superseded"), "whole_project__isnull": False}
    for project in apps.get_model("projects", "Project")._default_manager.exclude(total_cost=None):
        for model in (plan, record):
            model._default_manager.filter(**frozen, whole_project=project.pk).update(
                approved_cost=project.total_cost,
                approved_cost_is_approximate=project.total_cost_is_approximate,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0006_file_hashes'),
    ]

    operations = [
        migrations.AddField(
            model_name='financingplan',
            name='approved_cost',
            field=mikrogrow.fields.EuroField(blank=True, editable=False, null=True, verbose_name='kustannukset hyväksyttäessä, €'),
        ),
        migrations.AddField(
            model_name='financingplan',
            name='approved_cost_is_approximate',
            field=models.BooleanField(default=False, editable=False, verbose_name='noin hyväksyttäessä'),
        ),
        migrations.AddField(
            model_name='historicalfinancingplan',
            name='approved_cost',
            field=mikrogrow.fields.EuroField(blank=True, editable=False, null=True, verbose_name='kustannukset hyväksyttäessä, €'),
        ),
        migrations.AddField(
            model_name='historicalfinancingplan',
            name='approved_cost_is_approximate',
            field=models.BooleanField(default=False, editable=False, verbose_name='noin hyväksyttäessä'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
