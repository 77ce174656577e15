"""Figures of a text that a person marks as none of the project's."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0008_change_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalFigureMark',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('part', models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('conditions', 'Ehdot')], max_length=20, verbose_name='osa')),
                ('figure', models.CharField(max_length=200, verbose_name='luku')),
                ('before', models.CharField(blank=True, max_length=80, verbose_name='sanat ennen')),
                ('after', models.CharField(blank=True, max_length=80, verbose_name='sanat jälkeen')),
                ('reason', models.CharField(max_length=300, verbose_name='miksi se ei ole hankkeen luku')),
                ('marked_at', models.DateTimeField(verbose_name='merkitty')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('marked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merkinnyt')),
            ],
            options={
                'verbose_name': 'merkintä luvusta, historia',
                'verbose_name_plural': 'merkinnät luvuista, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='FigureMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('conditions', 'Ehdot')], max_length=20, verbose_name='osa')),
                ('figure', models.CharField(max_length=200, verbose_name='luku')),
                ('before', models.CharField(blank=True, max_length=80, verbose_name='sanat ennen')),
                ('after', models.CharField(blank=True, max_length=80, verbose_name='sanat jälkeen')),
                ('reason', models.CharField(max_length=300, verbose_name='miksi se ei ole hankkeen luku')),
                ('marked_at', models.DateTimeField(verbose_name='merkitty')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figure_marks', to='projects.decision', verbose_name='päätös')),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merkinnyt')),
            ],
            options={
                'verbose_name': 'merkintä luvusta',
                'verbose_name_plural': 'merkinnät luvuista',
                'ordering': ['decision', 'part', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'part', 'figure', 'before', 'after'), name='figure_mark_once', violation_error_message='Luku on jo merkitty.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='figure_mark_has_reason', violation_error_message='Kirjoita, miksi luku ei ole hankkeen luku.')],
            },
        ),
    ]
