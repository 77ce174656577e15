"""Corrections of values: the section, the day, officials, annexes, votes and who was disqualified."""

import mikrogrow.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0021_internal_prints'),
    ]

    operations = [
        migrations.AddField(
            model_name='decisioncorrection',
            name='new_meeting_date',
            field=mikrogrow.fields.DateField(blank=True, editable=False, null=True, verbose_name='kokouspäivä korjattuna'),
        ),
        migrations.AddField(
            model_name='decisioncorrection',
            name='new_section',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='pykälä korjattuna'),
        ),
        migrations.AddField(
            model_name='decisioncorrection',
            name='row_key',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='päätöksen tietojen rivi'),
        ),
        migrations.AddField(
            model_name='historicaldecisioncorrection',
            name='new_meeting_date',
            field=mikrogrow.fields.DateField(blank=True, editable=False, null=True, verbose_name='kokouspäivä korjattuna'),
        ),
        migrations.AddField(
            model_name='historicaldecisioncorrection',
            name='new_section',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='pykälä korjattuna'),
        ),
        migrations.AddField(
            model_name='historicaldecisioncorrection',
            name='row_key',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='päätöksen tietojen rivi'),
        ),
        migrations.AlterField(
            model_name='decisioncorrection',
            name='part',
            field=models.CharField(choices=[('section', 'Pykälä'), ('meeting_date', 'Kokouspäivä'), ('case_number', 'Asianumero'), ('title', 'Otsikko'), ('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('conditions', 'Ehdot'), ('official_title', 'Virkanimike'), ('official_name', 'Nimi'), ('official_unit', 'Yksikkö'), ('official_telephone', 'Puhelin'), ('official_email', 'Sähköposti'), ('annex_number', 'Liitteen numero'), ('annex_reference', 'Liitteen asianumero'), ('annex_title', 'Liitteen nimi'), ('disqualified_name', 'Esteellisen nimi'), ('disqualified_title', 'Esteellisen tehtävä'), ('disqualified_ground', 'Esteellisyyden peruste'), ('vote_base', 'Pohjaehdotus'), ('vote_counter', 'Vastaehdotus'), ('vote_proposed_by', 'Vastaehdotuksen tekijä'), ('vote_seconded_by', 'Vastaehdotuksen kannattajat'), ('vote_yes', 'JAA-ääniä'), ('vote_no', 'EI-ääniä'), ('vote_blank', 'Tyhjiä ääniä'), ('vote_absent', 'Poissa'), ('vote_yes_names', 'JAA äänestäneet'), ('vote_no_names', 'EI äänestäneet'), ('vote_blank_names', 'Tyhjää äänestäneet'), ('dissent_name', 'Eriävän mielipiteen jättäjä'), ('dissent_text', 'Eriävä mielipide')], max_length=20, verbose_name='korjattava kohta'),
        ),
        migrations.AlterField(
            model_name='historicaldecisioncorrection',
            name='part',
            field=models.CharField(choices=[('section', 'Pykälä'), ('meeting_date', 'Kokouspäivä'), ('case_number', 'Asianumero'), ('title', 'Otsikko'), ('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('40_grounds', 'Toimivalta ja perustelut'), ('41_parties', 'Asianosaiset'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('70_effect', 'Täytäntöönpano'), ('71_notice', 'Tiedoksianto'), ('conditions', 'Ehdot'), ('official_title', 'Virkanimike'), ('official_name', 'Nimi'), ('official_unit', 'Yksikkö'), ('official_telephone', 'Puhelin'), ('official_email', 'Sähköposti'), ('annex_number', 'Liitteen numero'), ('annex_reference', 'Liitteen asianumero'), ('annex_title', 'Liitteen nimi'), ('disqualified_name', 'Esteellisen nimi'), ('disqualified_title', 'Esteellisen tehtävä'), ('disqualified_ground', 'Esteellisyyden peruste'), ('vote_base', 'Pohjaehdotus'), ('vote_counter', 'Vastaehdotus'), ('vote_proposed_by', 'Vastaehdotuksen tekijä'), ('vote_seconded_by', 'Vastaehdotuksen kannattajat'), ('vote_yes', 'JAA-ääniä'), ('vote_no', 'EI-ääniä'), ('vote_blank', 'Tyhjiä ääniä'), ('vote_absent', 'Poissa'), ('vote_yes_names', 'JAA äänestäneet'), ('vote_no_names', 'EI äänestäneet'), ('vote_blank_names', 'Tyhjää äänestäneet'), ('dissent_name', 'Eriävän mielipiteen jättäjä'), ('dissent_text', 'Eriävä mielipide')], max_length=20, verbose_name='korjattava kohta'),
        ),
        migrations.AddConstraint(
            model_name='decisioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part__in', ['official_title', 'official_name', 'official_unit', 'official_telephone', 'official_email', 'annex_number', 'annex_reference', 'annex_title', 'disqualified_name', 'disqualified_title', 'disqualified_ground', 'vote_base', 'vote_counter', 'vote_proposed_by', 'vote_seconded_by', 'vote_yes', 'vote_no', 'vote_blank', 'vote_absent', 'vote_yes_names', 'vote_no_names', 'vote_blank_names', 'dissent_name', 'dissent_text']), ('row_key__isnull', False)), models.Q(models.Q(('part__in', ['official_title', 'official_name', 'official_unit', 'official_telephone', 'official_email', 'annex_number', 'annex_reference', 'annex_title', 'disqualified_name', 'disqualified_title', 'disqualified_ground', 'vote_base', 'vote_counter', 'vote_proposed_by', 'vote_seconded_by', 'vote_yes', 'vote_no', 'vote_blank', 'vote_absent', 'vote_yes_names', 'vote_no_names', 'vote_blank_names', 'dissent_name', 'dissent_text']), _negated=True), ('row_key__isnull', True)), _connector='OR'), name='decision_correction_names_its_row', violation_error_message='Korjauksen kohta on epäselvä. Valitse, mikä on väärin.'),
        ),
        migrations.AddConstraint(
            model_name='decisioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('new_section__isnull', False), ('part__in', ('section', 'meeting_date'))), models.Q(models.Q(('part__in', ('section', 'meeting_date')), _negated=True), ('new_meeting_date__isnull', True), ('new_section__isnull', True)), _connector='OR'), name='decision_correction_keeps_new_section', violation_error_message='Pykälän ja kokouspäivän korjaus kertoo, mikä pykälä sitten on.'),
        ),
    ]
