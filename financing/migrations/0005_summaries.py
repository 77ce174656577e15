# What is kept of each project; it is computed when a list is read for the first time.

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0004_decision_plans'),
        ('projects', '0004_printed_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.IntegerField(verbose_name='paikka')),
                ('is_explained', models.BooleanField(verbose_name='selitetty')),
                ('severity', models.SmallIntegerField(verbose_name='taso')),
                ('code', models.CharField(max_length=3, verbose_name='tarkistus')),
                ('name_key', models.BinaryField(verbose_name='nimen paikka aakkosissa')),
            ],
            options={
                'verbose_name': 'hankkeen havainto',
                'verbose_name_plural': 'hankkeiden havainnot',
                'ordering': ['is_explained', 'severity', 'name_key', 'code', 'project_id', 'position'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ProjectSummary',
            fields=[
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kept_summary', serialize=False, to='projects.project', verbose_name='hanke')),
                ('programme', models.BigIntegerField(null=True, verbose_name='ohjelma')),
                ('name_key', models.BinaryField(verbose_name='nimen paikka aakkosissa')),
                ('names', models.TextField(verbose_name='nimet pienin kirjaimin')),
                ('status_place', models.SmallIntegerField(verbose_name='kirjatun tilan paikka')),
                ('first_day', models.IntegerField(null=True, verbose_name='ensimmäinen päivä')),
                ('last_day', models.IntegerField(null=True, verbose_name='viimeinen päivä')),
                ('planned', models.BigIntegerField(null=True, verbose_name='suunniteltu, senttiä')),
                ('used', models.BigIntegerField(null=True, verbose_name='käytetty, senttiä')),
                ('liability', models.BigIntegerField(null=True, verbose_name='kokonaisvastuu, senttiä')),
                ('has_commitment', models.BooleanField(verbose_name='valtuutettu')),
                ('authorised', models.BigIntegerField(null=True, verbose_name='valtuutus, senttiä')),
                ('outside', models.BigIntegerField(null=True, verbose_name='valtuutuksen ulkopuolella, senttiä')),
                ('errors', models.IntegerField(verbose_name='virheitä')),
                ('warnings', models.IntegerField(verbose_name='varoituksia')),
                ('notes', models.IntegerField(verbose_name='huomautuksia')),
                ('explained', models.IntegerField(verbose_name='selitettyjä')),
                ('fault', models.CharField(blank=True, max_length=80, verbose_name='miksi ei voi laskea')),
                ('planned_place', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('planned', models.Value(-1)), output_field=models.BigIntegerField())),
                ('liability_place', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('liability', models.Value(-1)), output_field=models.BigIntegerField())),
                ('outside_place', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('outside', models.Value(0)), output_field=models.BigIntegerField())),
            ],
            options={
                'verbose_name': 'hankkeen yhteenveto',
                'verbose_name_plural': 'hankkeiden yhteenvedot',
                'default_permissions': (),
            },
        ),
        migrations.RemoveIndex(
            model_name='invoice',
            name='financing_i_status_ba1a25_idx',
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['status', 'due_on'], name='financing_i_status_c33a35_idx'),
        ),
        migrations.AddField(
            model_name='keptfinding',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_findings', to='projects.project', verbose_name='hanke'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['name_key', 'project'], name='summary_by_name'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['planned_place', 'name_key', 'project'], name='summary_by_planned'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['-planned_place', 'name_key', 'project'], name='summary_by_planned_d'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['liability_place', 'name_key', 'project'], name='summary_by_liability'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['-liability_place', 'name_key', 'project'], name='summary_by_liability_d'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['errors', 'warnings', 'notes', 'outside_place', 'name_key', 'project'], name='summary_by_findings'),
        ),
        migrations.AddIndex(
            model_name='projectsummary',
            index=models.Index(fields=['-errors', '-warnings', '-notes', '-outside_place', 'name_key', 'project'], name='summary_by_findings_d'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['is_explained', 'severity', 'name_key', 'code', 'project', 'position'], name='kept_finding_order'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['severity', 'is_explained', 'name_key', 'code', 'project', 'position'], name='kept_finding_of_level'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['code', 'is_explained', 'severity', 'name_key', 'project', 'position'], name='kept_finding_of_code'),
        ),
    ]
