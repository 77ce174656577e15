"""Takes the names of guests and contact persons out of what only grows: their history and the admin's log."""

import json

from django.db import migrations

# As what the log names them in the forms of meetings and companies, of which they are rows.
PEOPLE = {"guest": "vierailija", "contactperson": "yhteyshenkilö"}
FORMS = ("meeting", "company")


def forget(apps, schema_editor):
    apps.get_model("mikrogrow", "Change").objects.filter(model="groups.guest").delete()
    entries = apps.get_model("admin", "LogEntry").objects.filter(content_type__app_label="groups")
    for model, name in PEOPLE.items():
        entries.filter(content_type__model=model).update(object_repr=name)
    for entry in entries.filter(content_type__model__in=FORMS).iterator():
        message = without_names(entry.change_message)
        if message != entry.change_message:
            entries.filter(pk=entry.pk).update(change_message=message)


def without_names(message):
    try:
        parts = json.loads(message)
    except ValueError:
        # What a page of the site has logged.
        return message
    if not isinstance(parts, list):
        return message
    for part in parts:
        for about in part.values():
            if about.get("name") in PEOPLE.values():
                about["object"] = about["name"]
    return json.dumps(parts)


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_calendars"),
        ("mikrogrow", "0012_needs_kept"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.DeleteModel(name="HistoricalGuest"),
    ]
