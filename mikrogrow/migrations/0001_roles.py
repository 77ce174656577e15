"""The groups of the five roles. What each may do is filled in after migrating: see mikrogrow/roles.py."""

from django.db import migrations

ROLES = [
    "Katselija",
    "Budjetin ylläpitäjä",
    "Päätöksen valmistelija",
    "Laskun hyväksyjä",
    "Järjestelmän ylläpitäjä",
]


def make_groups(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    for role in ROLES:
        group_model.objects.using(schema_editor.connection.alias).get_or_create(name=role)


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
