"""Which figure of the system an indicator measures by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0005_guests_without_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalindicator',
            name='measures',
            field=models.CharField(blank=True, choices=[('companies', 'mukana olevat yritykset'), ('companies_ever', 'mukana olleet yritykset'), ('meetings', 'pidetyt kokoontumiset'), ('experiments', 'toteutetut kokeilut')], help_text='Valitse, jos järjestelmä laskee saman luvun kirjauksista. Sivut ja raportit kertovat silloin molemmat luvut ja niiden eron.', max_length=20, verbose_name='järjestelmän luku'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='measures',
            field=models.CharField(blank=True, choices=[('companies', 'mukana olevat yritykset'), ('companies_ever', 'mukana olleet yritykset'), ('meetings', 'pidetyt kokoontumiset'), ('experiments', 'toteutetut kokeilut')], help_text='Valitse, jos järjestelmä laskee saman luvun kirjauksista. Sivut ja raportit kertovat silloin molemmat luvut ja niiden eron.', max_length=20, verbose_name='järjestelmän luku'),
        ),
    ]
