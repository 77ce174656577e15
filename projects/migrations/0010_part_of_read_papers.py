"""What a read paper says besides its parts is a part of its own."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0009_figure_marks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decisionpart',
            name='kind',
            field=models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('7_source', 'Muu luetun asiakirjan teksti')], max_length=20, verbose_name='osa'),
        ),
        migrations.AlterField(
            model_name='historicaldecisionpart',
            name='kind',
            field=models.CharField(choices=[('1_background', 'Hanke'), ('2_financing', 'Rahoitus'), ('3_impact', 'Vaikutusten arviointi'), ('4_motion', 'Esitys'), ('5_proposal', 'Päätösehdotus'), ('6_decision', 'Päätös'), ('7_source', 'Muu luetun asiakirjan teksti')], max_length=20, verbose_name='osa'),
        ),
    ]
