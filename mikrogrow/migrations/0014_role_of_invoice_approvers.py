from django.db import migrations

OLD, NEW = "Laskun hyväksyjä", "Laskujen hyväksyjä"


def rename(groups, old, new):
    # A city may have made a role of that name: then both stay.
    if not groups.filter(name=new).exists():
        groups.filter(name=old).update(name=new)


def name_as_the_glossary(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    rename(groups, OLD, NEW)


def name_as_before(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    rename(groups, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [
        ("mikrogrow", "0013_import_previews"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(name_as_the_glossary, name_as_before)]
