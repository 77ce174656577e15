"""A decision may authorise something for several projects: each commitment names its own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """With the project of its decision, also in the history."""
    commitment, record, decision, decision_record = (
        apps.get_model(*names)
        for names in (
            ("financing", "Commitment"),
            ("financing", "HistoricalCommitment"),
            ("projects", "Decision"),
            ("projects", "HistoricalDecision"),
        )
    )
    stored = decision._default_manager.filter(pk=OuterRef("decision_id")).order_by().values("project_id")[:1]
    recorded = decision_record._default_manager.filter(id=OuterRef("decision_id"))
    last = recorded.order_by("-history_id").values("project_id")[:1]
    commitment._default_manager.update(project_id=Subquery(stored))
    record._default_manager.update(project_id=Coalesce(Subquery(stored), Subquery(last)))


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0011_corrected_commitments'),
        ('projects', '0006_texts_have_an_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='project',
            field=models.ForeignKey(blank=True, help_text='Jätä tyhjäksi, jos valtuutus koskee hanketta, jossa päätös on valmisteltu.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='projects.project', verbose_name='hanke'),
        ),
        migrations.AddField(
            model_name='historicalcommitment',
            name='project',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Jätä tyhjäksi, jos valtuutus koskee hanketta, jossa päätös on valmisteltu.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.project', verbose_name='hanke'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='commitment',
            name='project',
            field=models.ForeignKey(blank=True, help_text='Jätä tyhjäksi, jos valtuutus koskee hanketta, jossa päätös on valmisteltu.', on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='projects.project', verbose_name='hanke'),
        ),
    ]
