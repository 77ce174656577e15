"""What else is committed from an appropriation, and what each project needs of it, as kept."""

import django.db.models.deletion
import mikrogrow.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0013_costs_without_a_year'),
        ('projects', '0006_texts_have_an_end'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appropriation', models.CharField(max_length=200, verbose_name='määräraha')),
                ('year', models.SmallIntegerField(null=True, verbose_name='vuosi')),
                ('name_key', models.BinaryField(verbose_name='nimen paikka aakkosissa')),
                ('least', models.BigIntegerField(verbose_name='tarve vähintään, senttiä')),
                ('most', models.BigIntegerField(null=True, verbose_name='tarve enintään, senttiä')),
                ('authorised', models.BigIntegerField(null=True, verbose_name='valtuutettu, senttiä')),
                ('invoiced', models.BigIntegerField(null=True, verbose_name='laskutettu, senttiä')),
                ('approved', models.BigIntegerField(null=True, verbose_name='hyväksytty, senttiä')),
                ('paid', models.BigIntegerField(null=True, verbose_name='maksettu, senttiä')),
            ],
            options={
                'verbose_name': 'hankkeen tarve',
                'verbose_name_plural': 'hankkeiden tarpeet',
                'ordering': ['name_key', 'project', 'appropriation', 'year'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='appropriation',
            name='committed_elsewhere',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Muuhun kuin täällä oleviin hankkeisiin. Kirjoita 0, jos muuta ei ole; jätä tyhjäksi, jos ei ole tiedossa.', null=True, verbose_name='muuta siitä sidottu, €'),
        ),
        migrations.AddField(
            model_name='historicalappropriation',
            name='committed_elsewhere',
            field=mikrogrow.fields.EuroField(blank=True, help_text='Muuhun kuin täällä oleviin hankkeisiin. Kirjoita 0, jos muuta ei ole; jätä tyhjäksi, jos ei ole tiedossa.', null=True, verbose_name='muuta siitä sidottu, €'),
        ),
        migrations.AddConstraint(
            model_name='appropriation',
            constraint=models.CheckConstraint(condition=models.Q(('committed_elsewhere__isnull', True), ('committed_elsewhere__gte', 0), _connector='OR'), name='appropriation_committed_not_negative', violation_error_message='Muuta sidottua ei voi olla alle 0 euroa.'),
        ),
        migrations.AddField(
            model_name='keptneed',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_needs', to='projects.project', verbose_name='hanke'),
        ),
        migrations.AddIndex(
            model_name='keptneed',
            index=models.Index(fields=['appropriation', 'year', 'name_key', 'project'], name='kept_need_of_year'),
        ),
    ]
