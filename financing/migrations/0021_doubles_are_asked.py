"""The same number in another year is asked, not refused: only the same day is refused."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0020_explained_facts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoice_once_by_business_id',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoice_once_by_supplier',
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(models.F('business_id'), django.db.models.functions.text.Upper(django.db.models.functions.text.Replace('number', models.Value(' '))), models.F('invoice_date'), condition=models.Q(models.Q(('business_id', ''), _negated=True), models.Q(('status', '5_rejected'), _negated=True)), name='invoice_once_by_business_id', violation_error_message='Saman toimittajan samannumeroinen lasku on jo kirjattu.'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('supplier'), django.db.models.functions.text.Upper(django.db.models.functions.text.Replace('number', models.Value(' '))), models.F('invoice_date'), condition=models.Q(('business_id', ''), models.Q(('status', '5_rejected'), _negated=True)), name='invoice_once_by_supplier', violation_error_message='Saman toimittajan samannumeroinen lasku on jo kirjattu.'),
        ),
    ]
