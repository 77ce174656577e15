"""Appeals that were made against decisions."""

import django.db.models.deletion
import mikrogrow.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0019_earlier_handling'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalLodgedAppeal',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('appellant', models.CharField(max_length=200, verbose_name='muutoksenhakija')),
                ('kind', models.CharField(choices=[('claim', 'oikaisuvaatimus'), ('court', 'kunnallisvalitus')], max_length=20, verbose_name='muutoksenhaku')),
                ('arrived_on', mikrogrow.fields.DateField(help_text='Päivä, jona se saapui oikaisuvaatimuksen tai valituksen käsittelijälle.', verbose_name='saapumispäivä')),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'hyväksytty'), ('partly', 'hyväksytty osin'), ('rejected', 'hylätty'), ('inadmissible', 'jätetty tutkimatta'), ('returned', 'palautettu uudelleen käsiteltäväksi'), ('withdrawn', 'peruttu')], max_length=20, verbose_name='ratkaisu')),
                ('outcome_on', mikrogrow.fields.DateField(blank=True, null=True, verbose_name='ratkaisupäivä')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tehty muutoksenhaku, historia',
                'verbose_name_plural': 'tehdyt muutoksenhaut, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LodgedAppeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appellant', models.CharField(max_length=200, verbose_name='muutoksenhakija')),
                ('kind', models.CharField(choices=[('claim', 'oikaisuvaatimus'), ('court', 'kunnallisvalitus')], max_length=20, verbose_name='muutoksenhaku')),
                ('arrived_on', mikrogrow.fields.DateField(help_text='Päivä, jona se saapui oikaisuvaatimuksen tai valituksen käsittelijälle.', verbose_name='saapumispäivä')),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'hyväksytty'), ('partly', 'hyväksytty osin'), ('rejected', 'hylätty'), ('inadmissible', 'jätetty tutkimatta'), ('returned', 'palautettu uudelleen käsiteltäväksi'), ('withdrawn', 'peruttu')], max_length=20, verbose_name='ratkaisu')),
                ('outcome_on', mikrogrow.fields.DateField(blank=True, null=True, verbose_name='ratkaisupäivä')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lodged_appeals', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'tehty muutoksenhaku',
                'verbose_name_plural': 'tehdyt muutoksenhaut',
                'ordering': ['decision', 'arrived_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'appellant', 'kind', 'arrived_on'), name='lodged_appeal_once', violation_error_message='Tämä muutoksenhaku on jo kirjattu.'), models.CheckConstraint(condition=models.Q(('kind', 'none'), _negated=True), name='lodged_appeal_is_allowed', violation_error_message='Valitse, onko kyse oikaisuvaatimuksesta vai valituksesta.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_on__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('outcome_on__isnull', False)), _connector='OR'), name='lodged_appeal_outcome_has_day', violation_error_message='Kirjaa sekä ratkaisu että ratkaisupäivä, tai jätä molemmat tyhjiksi.'), models.CheckConstraint(condition=models.Q(('outcome_on__isnull', True), ('outcome_on__gte', models.F('arrived_on')), _connector='OR'), name='lodged_appeal_decided_after_arrival', violation_error_message='Ratkaisupäivä on ennen saapumispäivää. Tarkista päivät.')],
            },
        ),
    ]
