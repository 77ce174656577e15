"""Whether what a changed project needs of appropriations is kept anew already."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mikrogrow', '0011_kept_forms'),
    ]

    operations = [
        migrations.AddField(
            model_name='changedproject',
            name='needs_kept',
            field=models.BooleanField(db_default=False, default=False, verbose_name='tarpeet laskettu'),
        ),
    ]
