"""Whose appeal was made: the notice, or the publication, from which its time is reckoned."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0023_words_read_aloud'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicallodgedappeal',
            name='is_member',
            field=models.BooleanField(default=False, help_text='Silloin hänen määräaikansa lasketaan pöytäkirjan julkaisusta.', verbose_name='hakija on kunnan jäsen'),
        ),
        migrations.AddField(
            model_name='historicallodgedappeal',
            name='notice',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Tiedoksianto, josta hakijan oma määräaika lasketaan.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.decisionnotice', verbose_name='tiedoksianto hakijalle'),
        ),
        migrations.AddField(
            model_name='lodgedappeal',
            name='is_member',
            field=models.BooleanField(default=False, help_text='Silloin hänen määräaikansa lasketaan pöytäkirjan julkaisusta.', verbose_name='hakija on kunnan jäsen'),
        ),
        migrations.AddField(
            model_name='lodgedappeal',
            name='notice',
            field=models.ForeignKey(blank=True, help_text='Tiedoksianto, josta hakijan oma määräaika lasketaan.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lodged_appeals', to='projects.decisionnotice', verbose_name='tiedoksianto hakijalle'),
        ),
        migrations.AddConstraint(
            model_name='lodgedappeal',
            constraint=models.CheckConstraint(condition=models.Q(('is_member', False), ('notice__isnull', True), _connector='OR'), name='lodged_appeal_has_one_notice', violation_error_message='Määräaika lasketaan joko tiedoksiannosta tai julkaisusta. Valitse vain toinen.'),
        ),
    ]
