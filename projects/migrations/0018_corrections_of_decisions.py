"""Evident slips of made decisions, corrected, with the corrected extracts."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import mikrogrow.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0017_annex_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='korjauksen numero')),
                ('day', mikrogrow.fields.DateField(verbose_name='korjauspäivä')),
                ('part', models.CharField(choices=[('title', 'Otsikko'), ('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('conditions', 'Ehdot')], max_length=20, verbose_name='osa')),
                ('old_words', models.CharField(help_text='Niin kuin tekstissä: virhe ja sanoja sen ympäriltä niin, että ne ovat osassa vain kerran.', max_length=300, verbose_name='mitä tekstissä lukee')),
                ('new_words', models.CharField(help_text='Samat sanat oikein.', max_length=300, verbose_name='mitä siinä pitää lukea')),
                ('reason', models.CharField(help_text='Esimerkiksi: liitteessä 3 summa on 2 992 euroa, ja luettelon summat antavat saman.', max_length=300, verbose_name='miksi virhe on ilmeinen')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'päätöksen korjaus',
                'verbose_name_plural': 'päätösten korjaukset',
                'ordering': ['decision', 'number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='HistoricalDecisionCorrection',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='korjauksen numero')),
                ('day', mikrogrow.fields.DateField(verbose_name='korjauspäivä')),
                ('part', models.CharField(choices=[('title', 'Otsikko'), ('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('conditions', 'Ehdot')], max_length=20, verbose_name='osa')),
                ('old_words', models.CharField(help_text='Niin kuin tekstissä: virhe ja sanoja sen ympäriltä niin, että ne ovat osassa vain kerran.', max_length=300, verbose_name='mitä tekstissä lukee')),
                ('new_words', models.CharField(help_text='Samat sanat oikein.', max_length=300, verbose_name='mitä siinä pitää lukea')),
                ('reason', models.CharField(help_text='Esimerkiksi: liitteessä 3 summa on 2 992 euroa, ja luettelon summat antavat saman.', max_length=300, verbose_name='miksi virhe on ilmeinen')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'päätöksen korjaus, historia',
                'verbose_name_plural': 'päätösten korjaukset, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PrintedCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField(verbose_name='tuloste')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('check_code', models.CharField(blank=True, default='', max_length=19, verbose_name='tarkistustunnus')),
                ('printed_at', models.DateTimeField(verbose_name='tulostusaika')),
                ('correction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='printed', to='projects.decisioncorrection', verbose_name='korjaus')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tulostaja')),
            ],
            options={
                'verbose_name': 'tulostettu korjaus',
                'verbose_name_plural': 'tulostetut korjaukset',
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='decisioncorrection',
            constraint=models.UniqueConstraint(fields=('decision', 'number'), name='decision_correction_number_once', violation_error_message='Päätöstä on korjattu sivun avaamisen jälkeen. Tarkista teksti.'),
        ),
        migrations.AddConstraint(
            model_name='decisioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='decision_correction_number_from_one', violation_error_message='Korjausten numerointi alkaa ykkösestä.'),
        ),
        migrations.AddConstraint(
            model_name='decisioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(('old_words', models.F('new_words')), _negated=True), name='decision_correction_changes_words', violation_error_message='Korjaus ei muuta mitään: sanat ovat samat.'),
        ),
        migrations.AddConstraint(
            model_name='decisioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('old_words', ''), _negated=True), models.Q(('new_words', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='decision_correction_says_what_and_why', violation_error_message='Korjauksessa on vanhat ja uudet sanat sekä syy.'),
        ),
        migrations.AddConstraint(
            model_name='printedcorrection',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('sha256'), 64), django.db.models.lookups.Exact(models.Func(models.F('sha256'), models.Value('0123456789abcdef'), function='TRIM', output_field=models.TextField()), '')), name='printed_correction_sha256_is_hexadecimal', violation_error_message='Tiivisteessä on oltava 64 heksadesimaalimerkkiä.'),
        ),
        migrations.AddConstraint(
            model_name='printedcorrection',
            constraint=models.UniqueConstraint(condition=models.Q(('check_code', ''), _negated=True), fields=('check_code',), name='one_correction_of_a_check_code', violation_error_message='Tällä tarkistustunnuksella on jo tuloste.'),
        ),
    ]
