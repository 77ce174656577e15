"""Which decision a matter was handled in before it was prepared again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0018_corrections_of_decisions'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='continues',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continuations', to='projects.decision', verbose_name='aiempi käsittely'),
        ),
        migrations.AddField(
            model_name='historicaldecision',
            name='continues',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='aiempi käsittely'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('continues__isnull', True), models.Q(('continues', models.F('id')), _negated=True), _connector='OR'), name='decision_does_not_continue_itself', violation_error_message='Päätös ei voi olla oma aiempi käsittelynsä.'),
        ),
    ]
