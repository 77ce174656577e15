"""Help texts, as an official would write them; the database does not change."""

import mikrogrow.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0006_measured_figures'),
    ]

    operations = [
        migrations.AlterField(
            model_name='experiment',
            name='channel',
            field=models.CharField(blank=True, help_text='Missä asiakkaat tavoitetaan.', max_length=200, verbose_name='kanava'),
        ),
        migrations.AlterField(
            model_name='experiment',
            name='success',
            field=models.CharField(blank=True, help_text='Millä kokeilu katsotaan onnistuneeksi. Sovi mittari, ennen kuin kokeilu alkaa.', max_length=300, verbose_name='onnistumisen mittari'),
        ),
        migrations.AlterField(
            model_name='historicalexperiment',
            name='channel',
            field=models.CharField(blank=True, help_text='Missä asiakkaat tavoitetaan.', max_length=200, verbose_name='kanava'),
        ),
        migrations.AlterField(
            model_name='historicalexperiment',
            name='success',
            field=models.CharField(blank=True, help_text='Millä kokeilu katsotaan onnistuneeksi. Sovi mittari, ennen kuin kokeilu alkaa.', max_length=300, verbose_name='onnistumisen mittari'),
        ),
        migrations.AlterField(
            model_name='historicalmembership',
            name='joined_on',
            field=mikrogrow.fields.DateField(blank=True, help_text='Jos yritys on jonossa, päivä, josta alkaen se on odottanut.', null=True, verbose_name='liittymispäivä'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='joined_on',
            field=mikrogrow.fields.DateField(blank=True, help_text='Jos yritys on jonossa, päivä, josta alkaen se on odottanut.', null=True, verbose_name='liittymispäivä'),
        ),
    ]
