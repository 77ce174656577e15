"""An explanation keeps what its finding said, names included."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0019_parts_of_lines_and_vat'),
    ]

    operations = [
        migrations.AddField(
            model_name='findingexplanation',
            name='facts',
            field=models.TextField(blank=True, editable=False, null=True, verbose_name='havainto perusteluineen'),
        ),
        migrations.AddField(
            model_name='historicalfindingexplanation',
            name='facts',
            field=models.TextField(blank=True, editable=False, null=True, verbose_name='havainto perusteluineen'),
        ),
    ]
