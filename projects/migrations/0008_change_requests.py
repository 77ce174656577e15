"""What was asked of a funder, and which decision answered it."""

import django.db.models.deletion
import mikrogrow.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0007_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalChangeRequest',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('state', models.CharField(choices=[('1_prepared', 'valmisteilla'), ('2_sent', 'lähetetty'), ('3_accepted', 'hyväksytty'), ('4_partly', 'hyväksytty osin'), ('5_rejected', 'hylätty'), ('6_withdrawn', 'peruttu')], default='1_prepared', max_length=20, verbose_name='tila')),
                ('sent_on', mikrogrow.fields.DateField(blank=True, null=True, verbose_name='lähetyspäivä')),
                ('asks_time', models.BooleanField(default=False, verbose_name='toteutusaika')),
                ('asks_categories', models.BooleanField(default=False, verbose_name='kustannuslajit')),
                ('asks_content', models.BooleanField(default=False, verbose_name='sisältö')),
                ('new_end', mikrogrow.fields.DateField(blank=True, help_text='Kun haetaan lisää toteutusaikaa.', null=True, verbose_name='haettu päättymispäivä')),
                ('request', models.TextField(max_length=50000, verbose_name='mitä haetaan')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Päätös, jolla rahoittaja vastasi.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.fundingdecision', verbose_name='muutospäätös')),
                ('funder', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.organisation', verbose_name='rahoittaja')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.project', verbose_name='hanke')),
            ],
            options={
                'verbose_name': 'muutoshakemus, historia',
                'verbose_name_plural': 'muutoshakemukset, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('1_prepared', 'valmisteilla'), ('2_sent', 'lähetetty'), ('3_accepted', 'hyväksytty'), ('4_partly', 'hyväksytty osin'), ('5_rejected', 'hylätty'), ('6_withdrawn', 'peruttu')], default='1_prepared', max_length=20, verbose_name='tila')),
                ('sent_on', mikrogrow.fields.DateField(blank=True, null=True, verbose_name='lähetyspäivä')),
                ('asks_time', models.BooleanField(default=False, verbose_name='toteutusaika')),
                ('asks_categories', models.BooleanField(default=False, verbose_name='kustannuslajit')),
                ('asks_content', models.BooleanField(default=False, verbose_name='sisältö')),
                ('new_end', mikrogrow.fields.DateField(blank=True, help_text='Kun haetaan lisää toteutusaikaa.', null=True, verbose_name='haettu päättymispäivä')),
                ('request', models.TextField(max_length=50000, verbose_name='mitä haetaan')),
                ('answered_by', models.ForeignKey(blank=True, help_text='Päätös, jolla rahoittaja vastasi.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='projects.fundingdecision', verbose_name='muutospäätös')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='projects.organisation', verbose_name='rahoittaja')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='change_requests', to='projects.project', verbose_name='hanke')),
            ],
            options={
                'verbose_name': 'muutoshakemus',
                'verbose_name_plural': 'muutoshakemukset',
                'ordering': ['project', models.OrderBy(models.F('sent_on'), nulls_last=True), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('asks_time', True), ('asks_categories', True), ('asks_content', True), _connector='OR'), name='change_request_asks_something', violation_error_message='Valitse, mitä haetaan: toteutusaika, kustannuslajit tai sisältö.'), models.CheckConstraint(condition=models.Q(('state', '1_prepared'), ('sent_on__isnull', False), _connector='OR'), name='change_request_sent_has_day', violation_error_message='Anna lähetyspäivä, tai merkitse hakemus valmisteilla olevaksi.'), models.CheckConstraint(condition=models.Q(('new_end__isnull', True), ('asks_time', True), _connector='OR'), name='change_request_end_asks_time', violation_error_message='Haettu päättymispäivä on toteutusajan muutos: valitse myös se.'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), ('state__in', ('3_accepted', '4_partly', '5_rejected')), _connector='OR'), name='change_request_answer_has_state', violation_error_message='Muutospäätös vastaa hakemukseen: valitse tila sen mukaan.')],
            },
        ),
    ]
