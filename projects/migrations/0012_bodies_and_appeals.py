"""Who decides, how a decision is appealed, and when it was published and given to its parties."""

import django.db.models.deletion
import mikrogrow.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0011_official_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='matter_kind',
            field=models.CharField(blank=True, choices=[('decides', 'ratkaisee asian'), ('prepares', 'vain valmistelee asiaa'), ('puts_into_effect', 'vain panee täytäntöön aiemman päätöksen'), ('answers_claim', 'ratkaisee oikaisuvaatimuksen')], help_text='Laadusta seuraa, miten päätökseen haetaan muutosta.', max_length=20, verbose_name='päätöksen laatu'),
        ),
        migrations.AddField(
            model_name='historicaldecision',
            name='matter_kind',
            field=models.CharField(blank=True, choices=[('decides', 'ratkaisee asian'), ('prepares', 'vain valmistelee asiaa'), ('puts_into_effect', 'vain panee täytäntöön aiemman päätöksen'), ('answers_claim', 'ratkaisee oikaisuvaatimuksen')], help_text='Laadusta seuraa, miten päätökseen haetaan muutosta.', max_length=20, verbose_name='päätöksen laatu'),
        ),
        migrations.CreateModel(
            name='DecisionBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Niin kuin se on päätöksissä.', max_length=120, unique=True, verbose_name='nimi')),
                ('kind', models.CharField(choices=[('council', 'valtuusto'), ('board', 'kaupunginhallitus tai kunnanhallitus'), ('committee', 'lautakunta, johtokunta tai jaosto'), ('official', 'viranhaltija')], max_length=20, verbose_name='laji')),
                ('superior', models.CharField(blank=True, help_text='Vain viranhaltijalle: oikaisuvaatimus tehdään tälle toimielimelle.', max_length=120, verbose_name='toimielin, jonka alainen viranhaltija on')),
                ('contact', models.TextField(blank=True, help_text='Kirjaamon osoite, sähköposti, puhelin ja aukioloaika, kukin omalle rivilleen.', max_length=500, verbose_name='mihin oikaisuvaatimus toimitetaan')),
                ('court', models.CharField(blank=True, help_text='Alueen hallinto-oikeus, johon valtuuston päätöksestä ja oikaisuvaatimuksesta valitetaan.', max_length=120, verbose_name='hallinto-oikeus')),
                ('court_contact', models.TextField(blank=True, help_text='Osoite, sähköposti ja puhelin, kukin omalle rivilleen.', max_length=500, verbose_name='hallinto-oikeuden yhteystiedot')),
            ],
            options={
                'verbose_name': 'toimielin',
                'verbose_name_plural': 'toimielimet',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'official'), ('superior', ''), _connector='OR'), name='decision_body_superior_of_official', violation_error_message='Toimielin, jonka alainen viranhaltija on, kirjataan vain viranhaltijalle. Tyhjennä se.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDecisionBody',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(db_index=True, help_text='Niin kuin se on päätöksissä.', max_length=120, verbose_name='nimi')),
                ('kind', models.CharField(choices=[('council', 'valtuusto'), ('board', 'kaupunginhallitus tai kunnanhallitus'), ('committee', 'lautakunta, johtokunta tai jaosto'), ('official', 'viranhaltija')], max_length=20, verbose_name='laji')),
                ('superior', models.CharField(blank=True, help_text='Vain viranhaltijalle: oikaisuvaatimus tehdään tälle toimielimelle.', max_length=120, verbose_name='toimielin, jonka alainen viranhaltija on')),
                ('contact', models.TextField(blank=True, help_text='Kirjaamon osoite, sähköposti, puhelin ja aukioloaika, kukin omalle rivilleen.', max_length=500, verbose_name='mihin oikaisuvaatimus toimitetaan')),
                ('court', models.CharField(blank=True, help_text='Alueen hallinto-oikeus, johon valtuuston päätöksestä ja oikaisuvaatimuksesta valitetaan.', max_length=120, verbose_name='hallinto-oikeus')),
                ('court_contact', models.TextField(blank=True, help_text='Osoite, sähköposti ja puhelin, kukin omalle rivilleen.', max_length=500, verbose_name='hallinto-oikeuden yhteystiedot')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'toimielin, historia',
                'verbose_name_plural': 'toimielimet, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDecisionNotice',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('recipient', models.CharField(max_length=200, verbose_name='vastaanottaja')),
                ('way', models.CharField(choices=[('letter', 'kirje'), ('email', 'sähköinen viesti'), ('received', 'luovutus tai saantitodistus')], max_length=20, verbose_name='tiedoksiantotapa')),
                ('day', mikrogrow.fields.DateField(help_text='Kirjeen tai viestin lähetyspäivä; luovutetun tai saantitodistuksen saantipäivä.', verbose_name='päivä')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tiedoksianto, historia',
                'verbose_name_plural': 'tiedoksiannot, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDecisionPublication',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('inspected_on', mikrogrow.fields.DateField(blank=True, null=True, verbose_name='pöytäkirjan tarkastuspäivä')),
                ('published_on', mikrogrow.fields.DateField(blank=True, help_text='Päivä, jona pöytäkirja asetettiin nähtäväksi yleiseen tietoverkkoon.', null=True, verbose_name='julkaisupäivä')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pöytäkirjan julkaisu, historia',
                'verbose_name_plural': 'pöytäkirjojen julkaisut, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='DecisionAppeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, verbose_name='ohjeen versio')),
                ('kind', models.CharField(choices=[('claim', 'oikaisuvaatimus'), ('court', 'kunnallisvalitus'), ('none', 'muutoksenhakukielto')], max_length=20, verbose_name='muutoksenhaku')),
                ('authority', models.CharField(blank=True, max_length=120, verbose_name='viranomainen')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='päiviä')),
                ('title', models.CharField(max_length=120, verbose_name='otsikko')),
                ('text', models.TextField(max_length=50000, verbose_name='ohje')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'muutoksenhakuohje',
                'verbose_name_plural': 'muutoksenhakuohjeet',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority', ''), ('days__isnull', True), ('kind', 'none')), models.Q(models.Q(('kind', 'none'), _negated=True), models.Q(('authority', ''), _negated=True), ('days__isnull', False)), _connector='OR'), name='decision_appeal_has_authority_and_days', violation_error_message='Muutoksenhaulla on viranomainen ja määräaika.')],
            },
        ),
        migrations.CreateModel(
            name='DecisionNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(max_length=200, verbose_name='vastaanottaja')),
                ('way', models.CharField(choices=[('letter', 'kirje'), ('email', 'sähköinen viesti'), ('received', 'luovutus tai saantitodistus')], max_length=20, verbose_name='tiedoksiantotapa')),
                ('day', mikrogrow.fields.DateField(help_text='Kirjeen tai viestin lähetyspäivä; luovutetun tai saantitodistuksen saantipäivä.', verbose_name='päivä')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'tiedoksianto',
                'verbose_name_plural': 'tiedoksiannot',
                'ordering': ['decision', 'day', 'recipient', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'recipient', 'way', 'day'), name='decision_notice_once', violation_error_message='Tämä tiedoksianto on jo kirjattu.'), models.CheckConstraint(condition=models.Q(('way', 'published'), _negated=True), name='decision_notice_is_to_party', violation_error_message='Julkaisu kirjataan julkaisupäivänä.')],
            },
        ),
        migrations.CreateModel(
            name='DecisionPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inspected_on', mikrogrow.fields.DateField(blank=True, null=True, verbose_name='pöytäkirjan tarkastuspäivä')),
                ('published_on', mikrogrow.fields.DateField(blank=True, help_text='Päivä, jona pöytäkirja asetettiin nähtäväksi yleiseen tietoverkkoon.', null=True, verbose_name='julkaisupäivä')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'pöytäkirjan julkaisu',
                'verbose_name_plural': 'pöytäkirjojen julkaisut',
                'constraints': [models.CheckConstraint(condition=models.Q(('inspected_on__isnull', True), ('published_on__isnull', True), ('published_on__gte', models.F('inspected_on')), _connector='OR'), name='decision_published_after_inspection', violation_error_message='Pöytäkirja julkaistaan vasta tarkastettuna: julkaisupäivä on ennen tarkastuspäivää.')],
            },
        ),
    ]
