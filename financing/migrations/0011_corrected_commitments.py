"""A commitment that was recorded wrong gets another one that stands for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0010_money_of_the_city'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='corrects',
            field=models.OneToOneField(blank=True, help_text='Kun tehdyn päätöksen valtuutus on kirjattu väärin: uusi tulee vanhan tilalle.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='financing.commitment', verbose_name='korjaa valtuutuksen'),
        ),
        migrations.AddField(
            model_name='historicalcommitment',
            name='corrects',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Kun tehdyn päätöksen valtuutus on kirjattu väärin: uusi tulee vanhan tilalle.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='financing.commitment', verbose_name='korjaa valtuutuksen'),
        ),
    ]
