"""Parts that minutes have by law, and what happened at the meeting: disqualified, votes, dissents."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0012_bodies_and_appeals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='outcome',
            field=models.CharField(blank=True, choices=[('unanimous', 'yksimielisesti'), ('no_vote', 'äänestyksettä'), ('vote', 'äänestyksen jälkeen'), ('amended', 'muutettuna'), ('returned', 'palautettu valmisteluun'), ('tabled', 'pantu pöydälle'), ('rejected', 'hylätty')], max_length=20, verbose_name='tulos'),
        ),
        migrations.AlterField(
            model_name='decisionpart',
            name='kind',
            field=models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('7_source', 'Muu luetun asiakirjan teksti')], max_length=20, verbose_name='osa'),
        ),
        migrations.AlterField(
            model_name='figuremark',
            name='part',
            field=models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('conditions', 'Ehdot')], max_length=20, verbose_name='osa'),
        ),
        migrations.AlterField(
            model_name='historicaldecision',
            name='outcome',
            field=models.CharField(blank=True, choices=[('unanimous', 'yksimielisesti'), ('no_vote', 'äänestyksettä'), ('vote', 'äänestyksen jälkeen'), ('amended', 'muutettuna'), ('returned', 'palautettu valmisteluun'), ('tabled', 'pantu pöydälle'), ('rejected', 'hylätty')], max_length=20, verbose_name='tulos'),
        ),
        migrations.AlterField(
            model_name='historicaldecisionpart',
            name='kind',
            field=models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('7_source', 'Muu luetun asiakirjan teksti')], max_length=20, verbose_name='osa'),
        ),
        migrations.AlterField(
            model_name='historicalfiguremark',
            name='part',
            field=models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('conditions', 'Ehdot')], max_length=20, verbose_name='osa'),
        ),
        migrations.CreateModel(
            name='HistoricalDisqualification',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nimi')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='tehtävä')),
                ('ground', models.CharField(help_text='Esimerkiksi hallintolaki 28 § 1 mom. 5 k., yhtiön hallituksen jäsen.', max_length=300, verbose_name='esteellisyyden peruste')),
                ('left_meeting', models.BooleanField(default=True, verbose_name='poistui asian käsittelyn ajaksi')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'esteellinen, historia',
                'verbose_name_plural': 'esteelliset, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDissent',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nimi')),
                ('ground', models.CharField(choices=[('voted', 'äänesti päätöstä vastaan'), ('proposed', 'teki vastaehdotuksen'), ('presented', 'esittelijä, jonka ehdotuksesta päätös poikkeaa')], help_text='Kuka saa ilmoittaa eriävän mielipiteen: kuntalaki 106 §.', max_length=20, verbose_name='peruste')),
                ('text', models.TextField(max_length=50000, verbose_name='eriävä mielipide')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'eriävä mielipide, historia',
                'verbose_name_plural': 'eriävät mielipiteet, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalVote',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='Monesko äänestys asiassa.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='järjestys')),
                ('base_proposal', models.TextField(blank=True, help_text='Tyhjä, kun pohjana on esittelijän päätösehdotus.', max_length=50000, verbose_name='pohjaehdotus (JAA)')),
                ('counter_proposal', models.TextField(max_length=50000, verbose_name='vastaehdotus (EI)')),
                ('proposed_by', models.CharField(blank=True, max_length=120, verbose_name='vastaehdotuksen tekijä')),
                ('seconded_by', models.CharField(blank=True, help_text='Nimien välissä on pilkku.', max_length=300, verbose_name='kannattajat')),
                ('yes', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(200)], verbose_name='JAA-ääniä')),
                ('no', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(200)], verbose_name='EI-ääniä')),
                ('blank', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(200)], verbose_name='tyhjää')),
                ('absent', models.PositiveSmallIntegerField(blank=True, help_text='Jätä tyhjäksi, jos ei ole tiedossa.', null=True, validators=[django.core.validators.MaxValueValidator(200)], verbose_name='poissa')),
                ('casting_vote', models.CharField(blank=True, choices=[('yes', 'JAA'), ('no', 'EI')], help_text='Vain, kun äänet menivät tasan: silloin se ratkaisee (kuntalaki 104 §).', max_length=20, verbose_name='puheenjohtajan ääni')),
                ('yes_names', models.TextField(blank=True, help_text='Avoimessa äänestyksessä: yksi nimi rivillä.', max_length=10000, verbose_name='JAA äänestivät')),
                ('no_names', models.TextField(blank=True, max_length=10000, verbose_name='EI äänestivät')),
                ('blank_names', models.TextField(blank=True, max_length=10000, verbose_name='tyhjää äänestivät')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decision', verbose_name='päätös')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'äänestys, historia',
                'verbose_name_plural': 'äänestykset, historia',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Disqualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nimi')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='tehtävä')),
                ('ground', models.CharField(help_text='Esimerkiksi hallintolaki 28 § 1 mom. 5 k., yhtiön hallituksen jäsen.', max_length=300, verbose_name='esteellisyyden peruste')),
                ('left_meeting', models.BooleanField(default=True, verbose_name='poistui asian käsittelyn ajaksi')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disqualifications', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'esteellinen',
                'verbose_name_plural': 'esteelliset',
                'ordering': ['decision', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'name'), name='disqualification_once', violation_error_message='Henkilö on jo kirjattu esteelliseksi.'), models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='disqualification_has_ground', violation_error_message='Kirjoita esteellisyyden peruste.')],
            },
        ),
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nimi')),
                ('ground', models.CharField(choices=[('voted', 'äänesti päätöstä vastaan'), ('proposed', 'teki vastaehdotuksen'), ('presented', 'esittelijä, jonka ehdotuksesta päätös poikkeaa')], help_text='Kuka saa ilmoittaa eriävän mielipiteen: kuntalaki 106 §.', max_length=20, verbose_name='peruste')),
                ('text', models.TextField(max_length=50000, verbose_name='eriävä mielipide')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'eriävä mielipide',
                'verbose_name_plural': 'eriävät mielipiteet',
                'ordering': ['decision', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'name'), name='dissent_once', violation_error_message='Henkilön eriävä mielipide on jo kirjattu.'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='dissent_has_text', violation_error_message='Kirjoita eriävä mielipide.')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='Monesko äänestys asiassa.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='järjestys')),
                ('base_proposal', models.TextField(blank=True, help_text='Tyhjä, kun pohjana on esittelijän päätösehdotus.', max_length=50000, verbose_name='pohjaehdotus (JAA)')),
                ('counter_proposal', models.TextField(max_length=50000, verbose_name='vastaehdotus (EI)')),
                ('proposed_by', models.CharField(blank=True, max_length=120, verbose_name='vastaehdotuksen tekijä')),
                ('seconded_by', models.CharField(blank=True, help_text='Nimien välissä on pilkku.', max_length=300, verbose_name='kannattajat')),
                ('yes', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(200)], verbose_name='JAA-ääniä')),
                ('no', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(200)], verbose_name='EI-ääniä')),
                ('blank', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(200)], verbose_name='tyhjää')),
                ('absent', models.PositiveSmallIntegerField(blank=True, help_text='Jätä tyhjäksi, jos ei ole tiedossa.', null=True, validators=[django.core.validators.MaxValueValidator(200)], verbose_name='poissa')),
                ('casting_vote', models.CharField(blank=True, choices=[('yes', 'JAA'), ('no', 'EI')], help_text='Vain, kun äänet menivät tasan: silloin se ratkaisee (kuntalaki 104 §).', max_length=20, verbose_name='puheenjohtajan ääni')),
                ('yes_names', models.TextField(blank=True, help_text='Avoimessa äänestyksessä: yksi nimi rivillä.', max_length=10000, verbose_name='JAA äänestivät')),
                ('no_names', models.TextField(blank=True, max_length=10000, verbose_name='EI äänestivät')),
                ('blank_names', models.TextField(blank=True, max_length=10000, verbose_name='tyhjää äänestivät')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='projects.decision', verbose_name='päätös')),
            ],
            options={
                'verbose_name': 'äänestys',
                'verbose_name_plural': 'äänestykset',
                'ordering': ['decision', 'number'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'number'), name='vote_number_once', violation_error_message='Päätöksellä on jo samannumeroinen äänestys.'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='vote_number_from_one', violation_error_message='Äänestysten numerointi alkaa ykkösestä.'), models.CheckConstraint(condition=models.Q(('counter_proposal', ''), _negated=True), name='vote_has_counter_proposal', violation_error_message='Kirjoita vastaehdotus, josta äänestettiin.'), models.CheckConstraint(condition=models.Q(('yes__gt', 0), ('no__gt', 0), _connector='OR'), name='vote_is_cast', violation_error_message='Äänestyksessä on ainakin yksi JAA- tai EI-ääni.'), models.CheckConstraint(condition=models.Q(models.Q(('yes', models.F('no')), _negated=True), models.Q(('casting_vote', ''), _negated=True), _connector='OR'), name='vote_tie_is_settled', violation_error_message='Äänet menivät tasan. Valitse, kumpaa puheenjohtaja äänesti: hänen äänensä ratkaisee.'), models.CheckConstraint(condition=models.Q(('yes', models.F('no')), ('casting_vote', ''), _connector='OR'), name='vote_casting_vote_only_of_tie', violation_error_message='Puheenjohtajan ääni ratkaisee vain, kun äänet menevät tasan. Jätä kohta tyhjäksi.')],
            },
        ),
    ]
