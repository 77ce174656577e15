"""What decisions authorise by kind of money, base and year; the city's money in others' parts by invoice.

What is kept of each project follows other rules from now on, so it is computed anew.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def outdate(apps, schema_editor):
    changed, project = apps.get_model("mikrogrow", "ChangedProject"), apps.get_model("projects", "Project")
    keys = project._default_manager.order_by("pk").values_list("pk", flat=True)
    changed._default_manager.bulk_create([changed(project=key) for key in keys])


class Migration(migrations.Migration):

    dependencies = [
        ('financing', '0009_appropriations_as_approved'),
        ('mikrogrow', '0007_versions'),
        ('projects', '0006_texts_have_an_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_years_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_years_plausible',
        ),
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_covers_something',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoice_own_or_shared',
        ),
        migrations.AddField(
            model_name='commitment',
            name='covers_contributions',
            field=models.BooleanField(default=False, help_text='Kaupungin raha toisen toteuttajan osahankkeessa tai koko hankkeen suunnitelmassa.', verbose_name='kattaa rahoituksen muiden osissa'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='share_of',
            field=models.CharField(choices=[('part', 'kaupungin osahankkeen kustannuksista'), ('project', 'koko hankkeen kustannuksista'), ('part_actual', 'kaupungin osahankkeen toteutuneista kustannuksista'), ('project_actual', 'koko hankkeen toteutuneista kustannuksista')], default='part', max_length=20, verbose_name='mistä prosentti lasketaan'),
        ),
        migrations.AddField(
            model_name='historicalcommitment',
            name='covers_contributions',
            field=models.BooleanField(default=False, help_text='Kaupungin raha toisen toteuttajan osahankkeessa tai koko hankkeen suunnitelmassa.', verbose_name='kattaa rahoituksen muiden osissa'),
        ),
        migrations.AddField(
            model_name='historicalcommitment',
            name='share_of',
            field=models.CharField(choices=[('part', 'kaupungin osahankkeen kustannuksista'), ('project', 'koko hankkeen kustannuksista'), ('part_actual', 'kaupungin osahankkeen toteutuneista kustannuksista'), ('project_actual', 'koko hankkeen toteutuneista kustannuksista')], default='part', max_length=20, verbose_name='mistä prosentti lasketaan'),
        ),
        migrations.AddField(
            model_name='historicalinvoice',
            name='contribution_to',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Kun kaupunki maksaa rahoitusosuuttaan toisen toteuttajan osaan.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.coimplementer', verbose_name='rahoitusosuus toteuttajalle'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='contribution_to',
            field=models.ForeignKey(blank=True, help_text='Kun kaupunki maksaa rahoitusosuuttaan toisen toteuttajan osaan.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contribution_invoices', to='projects.coimplementer', verbose_name='rahoitusosuus toteuttajalle'),
        ),
        migrations.AddField(
            model_name='projectsummary',
            name='checks_done',
            field=models.SmallIntegerField(default=0, verbose_name='tarkistuksia tehty'),
        ),
        migrations.AddField(
            model_name='projectsummary',
            name='lacks_authority',
            field=models.BooleanField(default=False, verbose_name='etenee ilman valtuutusta'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='first_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Jätä vuodet tyhjiksi, jos päätös ei rajaa niitä.', null=True, verbose_name='ensimmäinen vuosi'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='last_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='viimeinen vuosi'),
        ),
        migrations.AlterField(
            model_name='historicalcommitment',
            name='first_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Jätä vuodet tyhjiksi, jos päätös ei rajaa niitä.', null=True, verbose_name='ensimmäinen vuosi'),
        ),
        migrations.AlterField(
            model_name='historicalcommitment',
            name='last_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='viimeinen vuosi'),
        ),
        migrations.AlterField(
            model_name='historicalinvoice',
            name='category',
            field=models.CharField(blank=True, choices=[('0_not_broken_down', 'ei eritelty'), ('1_staff', 'palkkakustannukset'), ('2_services', 'ostopalvelut'), ('3_travel', 'matkakustannukset'), ('4_equipment', 'laitteet'), ('5_other', 'muut kustannukset')], help_text='Omalle kustannukselle. Muille laskuille tämä jää tyhjäksi.', max_length=20, verbose_name='kustannuslaji'),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='category',
            field=models.CharField(blank=True, choices=[('0_not_broken_down', 'ei eritelty'), ('1_staff', 'palkkakustannukset'), ('2_services', 'ostopalvelut'), ('3_travel', 'matkakustannukset'), ('4_equipment', 'laitteet'), ('5_other', 'muut kustannukset')], help_text='Omalle kustannukselle. Muille laskuille tämä jää tyhjäksi.', max_length=20, verbose_name='kustannuslaji'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('first_year__isnull', True), ('last_year__gte', models.F('first_year')), _connector='OR'), name='commitment_years_in_order', violation_error_message='Valtuutuksen viimeinen vuosi on ennen ensimmäistä.'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_year__isnull', True), ('last_year__isnull', True)), models.Q(('first_year__isnull', False), ('last_year__isnull', False)), _connector='OR'), name='commitment_years_both_or_none', violation_error_message='Anna sekä ensimmäinen että viimeinen vuosi, tai ei kumpaakaan.'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_year__isnull', True), ('first_year__range', (1995, 2100)), _connector='OR'), models.Q(('last_year__isnull', True), ('last_year__range', (1995, 2100)), _connector='OR')), name='commitment_years_plausible', violation_error_message='Vuosien on oltava väliltä 1995–2100.'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('covers_own_share', True), ('covers_shared_costs', True), ('covers_contributions', True), _connector='OR'), name='commitment_covers_something', violation_error_message='Valitse, mitä valtuutus kattaa.'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('category', ''), _negated=True), ('contribution_to__isnull', True), ('shared_cost__isnull', True)), models.Q(('category', ''), ('contribution_to__isnull', True), ('shared_cost__isnull', False)), models.Q(('category', ''), ('contribution_to__isnull', False), ('shared_cost__isnull', True)), _connector='OR'), name='invoice_of_one_kind', violation_error_message='Valitse yksi: kustannuslaji (oma kustannus), yhteinen kustannus tai rahoitusosuus toteuttajalle.'),
        ),
        migrations.RunPython(outdate, migrations.RunPython.noop),
    ]
