"""What a funder grants, commits and reserves, under what conditions, and which decision it changes."""

import django.db.models.deletion
import mikrogrow.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0006_texts_have_an_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='fundingdecision',
            name='changes',
            field=models.ForeignKey(blank=True, help_text='Muutospäätös tulee muutettavan tilalle.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed_by', to='projects.fundingdecision', verbose_name='muuttaa päätöstä'),
        ),
        migrations.AddField(
            model_name='fundingdecision',
            name='committed_amount',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Rahoittajan jo sitoma osa myönnetystä.', null=True, verbose_name='siitä sidottu, €'),
        ),
        migrations.AddField(
            model_name='fundingdecision',
            name='conditions',
            field=models.TextField(blank=True, max_length=50000, verbose_name='ehdot'),
        ),
        migrations.AddField(
            model_name='fundingdecision',
            name='max_amount',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Muutospäätöksessä koko uusi summa, ei lisäys.', null=True, verbose_name='myönnetty enintään, €'),
        ),
        migrations.AddField(
            model_name='fundingdecision',
            name='max_share',
            field=mikrogrow.fields.PercentField(blank=True, help_text='Esimerkiksi 75.', null=True, verbose_name='enintään, % nettokustannuksista'),
        ),
        migrations.AddField(
            model_name='fundingdecision',
            name='reserved_amount',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Varattu myöhemmille vuosille, ei vielä myönnetty.', null=True, verbose_name='lisäksi varattu, €'),
        ),
        migrations.AddField(
            model_name='historicalfundingdecision',
            name='changes',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Muutospäätös tulee muutettavan tilalle.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.fundingdecision', verbose_name='muuttaa päätöstä'),
        ),
        migrations.AddField(
            model_name='historicalfundingdecision',
            name='committed_amount',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Rahoittajan jo sitoma osa myönnetystä.', null=True, verbose_name='siitä sidottu, €'),
        ),
        migrations.AddField(
            model_name='historicalfundingdecision',
            name='conditions',
            field=models.TextField(blank=True, max_length=50000, verbose_name='ehdot'),
        ),
        migrations.AddField(
            model_name='historicalfundingdecision',
            name='max_amount',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Muutospäätöksessä koko uusi summa, ei lisäys.', null=True, verbose_name='myönnetty enintään, €'),
        ),
        migrations.AddField(
            model_name='historicalfundingdecision',
            name='max_share',
            field=mikrogrow.fields.PercentField(blank=True, help_text='Esimerkiksi 75.', null=True, verbose_name='enintään, % nettokustannuksista'),
        ),
        migrations.AddField(
            model_name='historicalfundingdecision',
            name='reserved_amount',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Varattu myöhemmille vuosille, ei vielä myönnetty.', null=True, verbose_name='lisäksi varattu, €'),
        ),
        migrations.AddConstraint(
            model_name='fundingdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('max_amount__isnull', True), ('max_amount__gte', 0), _connector='OR'), models.Q(('committed_amount__isnull', True), ('committed_amount__gte', 0), _connector='OR'), models.Q(('reserved_amount__isnull', True), ('reserved_amount__gte', 0), _connector='OR')), name='funding_decision_amounts_not_negative', violation_error_message='Rahoituspäätöksen summat eivät voi olla negatiivisia.'),
        ),
        migrations.AddConstraint(
            model_name='fundingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('max_share__isnull', True), ('max_share__range', (0, 100)), _connector='OR'), name='funding_decision_share_within_100', violation_error_message='Osuuden on oltava 0–100 %%.'),
        ),
        migrations.AddConstraint(
            model_name='fundingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('committed_amount__isnull', True), ('max_amount__isnull', True), ('committed_amount__lte', models.F('max_amount')), _connector='OR'), name='funding_decision_committed_within_granted', violation_error_message='Sidottu osa ei voi olla suurempi kuin myönnetty.'),
        ),
        migrations.AddConstraint(
            model_name='fundingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('changes__isnull', True), models.Q(('changes', models.F('id')), _negated=True), _connector='OR'), name='funding_decision_does_not_change_itself', violation_error_message='Päätös ei voi muuttaa itseään.'),
        ),
    ]
