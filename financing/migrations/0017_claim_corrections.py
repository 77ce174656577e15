"""Corrections of what earlier claims asked for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0016_revenue'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claimcost',
            name='claim_category_once',
        ),
        migrations.RemoveConstraint(
            model_name='claimcost',
            name='claim_cost_not_negative',
        ),
        migrations.AddField(
            model_name='claimcost',
            name='corrects',
            field=models.ForeignKey(blank=True, help_text='Aiempi hakemus, jossa haettiin liikaa: oikaisun summa on negatiivinen.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_in', to='financing.paymentclaim', verbose_name='oikaisee hakemusta'),
        ),
        migrations.AddField(
            model_name='historicalclaimcost',
            name='corrects',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Aiempi hakemus, jossa haettiin liikaa: oikaisun summa on negatiivinen.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='financing.paymentclaim', verbose_name='oikaisee hakemusta'),
        ),
        migrations.AddConstraint(
            model_name='claimcost',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('claim', 'category'), name='claim_category_once', violation_error_message='Kustannuslaji on hakemuksessa kahdesti.'),
        ),
        migrations.AddConstraint(
            model_name='claimcost',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('claim', 'category', 'corrects'), name='claim_correction_once', violation_error_message='Sama kustannuslaji oikaistaan hakemuksessa kahdesti.'),
        ),
        migrations.AddConstraint(
            model_name='claimcost',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', False), models.Q(('claimed__gte', 0), models.Q(('eligible__isnull', True), ('eligible__gte', 0), _connector='OR')), _connector='OR'), name='claim_cost_not_negative', violation_error_message='Summa ei voi olla negatiivinen.'),
        ),
        migrations.AddConstraint(
            model_name='claimcost',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('claimed', 0), _negated=True), _connector='OR'), name='claim_correction_not_zero', violation_error_message='Oikaisun summa ei voi olla nolla.'),
        ),
    ]
