"""Keeps the SHA-256 of each invoice's file. That of a file that is not there stays empty: nobody knows it."""

import financing.models.invoices
import mikrogrow.fields
from django.core.exceptions import SuspiciousFileOperation
from django.db import migrations, models

from mikrogrow.files import sha256_of


def fill(apps, schema_editor):
    """Of the records of the history, too, so that the next change of an invoice is not said to change it."""
    invoice, record = (apps.get_model("financing", name) for name in ("Invoice", "HistoricalInvoice"))
    storage = invoice._meta.get_field("file").storage
    names = {
        name
        for model in (invoice, record)
        for name in model._default_manager.exclude(file="").values_list("file", flat=True)
        if name
    }
    for name in sorted(names):
        try:
            with storage.open(name) as file:
                found = sha256_of(file)
        except (OSError, SuspiciousFileOperation, ValueError):
            continue
        for model in (invoice, record):
            model._default_manager.filter(file=name, file_sha256="").update(file_sha256=found)


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0005_summaries'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='invoice',
            options={'ordering': ['-invoice_date', '-pk'], 'permissions': [('check_invoice', 'Saa tarkastaa laskun'), ('approve_invoice', 'Saa hyväksyä laskun'), ('pay_invoice', 'Saa merkitä laskun maksetuksi'), ('open_file', 'Saa avata laskun tiedoston')], 'verbose_name': 'lasku', 'verbose_name_plural': 'laskut'},
        ),
        migrations.AddField(
            model_name='historicalinvoice',
            name='file_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='tiedoston SHA-256'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='file_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='tiedoston SHA-256'),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='file',
            field=mikrogrow.fields.HashedFileField(blank=True, hash_field='file_sha256', upload_to=financing.models.invoices.invoice_file_name, verbose_name='laskun kuva (PDF)'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
