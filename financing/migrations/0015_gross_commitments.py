"""A commitment says whether it authorises gross expenditure, with the grants as income."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0014_needs_of_appropriations'),
        ('projects', '0006_texts_have_an_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='is_gross',
            field=models.BooleanField(default=False, help_text='Päätös valtuuttaa oman osan menot kokonaan ja avustukset ovat tuloa. Muuten valtuutus on se, mikä jää kaupungin maksettavaksi.', verbose_name='bruttomäärä'),
        ),
        migrations.AddField(
            model_name='historicalcommitment',
            name='is_gross',
            field=models.BooleanField(default=False, help_text='Päätös valtuuttaa oman osan menot kokonaan ja avustukset ovat tuloa. Muuten valtuutus on se, mikä jää kaupungin maksettavaksi.', verbose_name='bruttomäärä'),
        ),
        migrations.AddField(
            model_name='keptneed',
            name='is_gross',
            field=models.BooleanField(default=False, null=True, verbose_name='bruttona'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('is_gross', False), ('covers_own_share', True), _connector='OR'), name='commitment_gross_is_of_own_part', violation_error_message='Bruttomäärä kattaa oman osan menot: valitse myös omarahoitus.'),
        ),
    ]
