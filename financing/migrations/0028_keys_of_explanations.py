"""An explanation finds its finding by a name, and these names are worded anew."""

from django.db import migrations

RENAMED = {
    "R14": {"Valtuutus ": "Valtuutus, ", "Yhteinen kustannus ": "Yhteinen kustannus, "},
}
NO_SECTION, SECTION_UNKNOWN = " §\u00a0ei tiedossa", ", pykälä ei tiedossa"


def renamed(code, detail):
    for old, new in RENAMED.get(code, {}).items():
        if detail.startswith(old):
            rest = detail.removeprefix(old)
            # A body that is no abbreviation begins with a small letter within the words.
            word = rest.replace("-", " ").split(" ")[0]
            if old.startswith("Valtuutus") and (len(word) < 2 or word == word.capitalize()):
                rest = rest[:1].lower() + rest[1:]
            detail = new + rest
    return detail.replace(NO_SECTION, SECTION_UNKNOWN)


def rename(apps, schema_editor):
    for name in ("FindingExplanation", "HistoricalFindingExplanation"):
        rows = apps.get_model("financing", name).objects.using(schema_editor.connection.alias)
        found = rows.filter(code__in=("R14", "R18"))
        for key, code, detail in list(found.values_list("pk", "code", "detail")):
            if renamed(code, detail) != detail:
                rows.filter(pk=key).update(detail=renamed(code, detail)[:200])


class Migration(migrations.Migration):
    dependencies = [("financing", "0027_names_of_the_glossary")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
