"""manage.py verify: each kind of damage, planted past everything that refuses it, is named."""

from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from financing.models import FinancingLine, Invoice, KeptFinding, ProjectSummary
from financing.queries.summaries import update_summaries
from mikrogrow.database.frozen import TRIGGERS
from mikrogrow.history import historical
from mikrogrow.management.verification import history
from mikrogrow.models import Change
from projects.models import Milestone, PrintedDecision, Project
from tests.support.annex_files import make_annex_file
from tests.support.correction_factories import make_correction
from tests.support.decision_rows import AT
from tests.support.demonstration import without_triggers
from tests.support.factories import (
    change,
    decide,
    make_attachment,
    make_draft_decision,
    make_milestone,
    make_project,
    make_source,
)
from tests.support.frozen_rows import only_postgresql, only_sqlite, run
from tests.support.invoice_cases import invoice_of, setting

pytestmark = pytest.mark.django_db

KINDS = [
    "Migraatiot",
    "Liipaisimet",
    "Viittaukset",
    "Rivien historia",
    "Muutosloki",
    "Säilytetyt tulosteet",
    "Liitteiden tiedostot",
    "Laskujen tiedostot",
    "Hankkeiden yhteenvedot",
    "Salassa pidettävien kohtien merkinnät",
    "Päätösten korjaukset",
]
if connection.vendor == "sqlite":
    KINDS.insert(0, "Tietokannan eheys")


@pytest.fixture
def rows(settings, tmp_path):
    """A project of which everything is kept that can be damaged."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    settings.MEDIA_ROOT = tmp_path
    place = setting()
    found = SimpleNamespace(
        project=place.project,
        milestone=make_milestone(place.project, title="Väliraportti"),
        invoice=invoice_of(place, file=ContentFile(b"%PDF-1.7", "x.pdf"), file_name="x.pdf"),
        printed=keep_print(b"%PDF-1.7"),
        annex=make_annex_file(make_attachment(make_draft_decision(place.project), number=3, title="Hakemus")),
        line=FinancingLine.objects.get(),
        file=tmp_path,
    )
    update_summaries()
    return found


def keep_print(content):
    return PrintedDecision.objects.create(
        decision=decide(make_draft_decision(make_project())),
        content=content,
        sha256=sha256(content).hexdigest(),
        printed_at=AT,
    )


def verify() -> tuple[list[str], list[str], int]:
    """The line of each kind, what was found, and what the command ends with."""
    out, code = StringIO(), 0
    try:
        call_command("verify", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    kinds, _empty, found = out.getvalue().partition("\n\n")
    return kinds.splitlines(), found.splitlines(), code


def planted(sql: str, *values: Any) -> None:
    with without_triggers():
        run(sql, *values)


def test_where_all_is_as_it_should_be_each_kind_says_how_many_it_looked_at(rows):
    kinds, found, code = verify()

    assert (kinds[-1], found, code) == ("Poikkeamia ei löytynyt.", [], 0)
    assert [line.partition(":")[0] for line in kinds[:-1]] == KINDS
    assert all(line.endswith(", poikkeamia 0") for line in kinds[:-1])
    looked_at = dict(line.removesuffix(", poikkeamia 0").split(": tarkistettu ") for line in kinds[:-1])
    assert int(looked_at["Liipaisimet"]) == len(TRIGGERS.wanted(connection))
    assert int(looked_at["Muutosloki"]) == Change.objects.count()
    assert int(looked_at["Säilytetyt tulosteet"]) == PrintedDecision.objects.count() == 1
    assert int(looked_at["Laskujen tiedostot"]) == int(looked_at["Liitteiden tiedostot"]) == 1
    assert int(looked_at["Hankkeiden yhteenvedot"]) == Project.objects.count() == 2


def test_it_writes_nothing(rows):
    run("DELETE FROM financing_projectsummary")

    verify()

    assert ProjectSummary.objects.count() == 0


def change_row(rows):
    planted("UPDATE financing_invoice SET supplier = 'Muu Oy', net = 5 WHERE id = %s", rows.invoice.pk)
    return (
        f"Rivien historia: lasku {rows.invoice.pk}: historian viimeisin merkintä on toinen "
        "(toimittaja, veroton, €)"
    )


def change_relation(rows):
    through = FinancingLine.also_includes.through
    with without_triggers():
        through.objects.create(financingline=rows.line, fundingsource=make_source())
    return (
        f"Rivien historia: {FinancingLine._meta.verbose_name} {rows.line.pk}: historian viimeisin merkintä "
        f"on toinen ({FinancingLine._meta.get_field('also_includes').verbose_name})"
    )


def delete_row(rows):
    planted("DELETE FROM projects_milestone WHERE id = %s", rows.milestone.pk)
    return (
        f"Rivien historia: välietappi {rows.milestone.pk}: rivi puuttuu, vaikka sen poistamista ei ole "
        "kirjattu historiaan"
    )


def add_row(rows):
    new = Milestone(project=rows.project, title="Ohi historian", due_on=rows.milestone.due_on)
    Milestone.objects.bulk_create([new])
    return f"Rivien historia: välietappi {new.pk}: riviä ei ole historiassa"


def delete_log_entry(rows):
    record = historical(Milestone).objects.get(id=rows.milestone.pk)
    planted(
        "DELETE FROM mikrogrow_change WHERE model = 'projects.milestone' AND record = %s", record.history_id
    )
    return f"Muutosloki: välietappi {rows.milestone.pk}: historian merkintä puuttuu muutoslokista"


def delete_record(rows):
    # There is an earlier record of the same values, so that only the log misses it.
    rows.milestone.title = "Muu"
    rows.milestone.save()
    rows.milestone.title = "Väliraportti"
    rows.milestone.save()
    update_summaries()
    records = historical(Milestone).objects.filter(id=rows.milestone.pk).order_by("-history_id")
    for record in records[:2]:
        planted("DELETE FROM projects_historicalmilestone WHERE history_id = %s", record.history_id)
    words = f"Muutosloki: välietappi {rows.milestone.pk}: muutoslokissa oleva merkintä puuttuu historiasta"
    return f"{words}\n{words}"


def change_print(rows):
    planted("UPDATE projects_printeddecision SET content = %s", b"%PDF-1.7 muu")
    name = rows.printed.decision.project.short_name
    return f"Säilytetyt tulosteet: {name}, päätös {rows.printed.decision_id}: säilytetty tuloste on muuttunut"


def change_annex(rows):
    planted("UPDATE projects_annexfile SET content = %s", b"%PDF-1.7 muu")
    name = f"{rows.project.short_name}, päätös {rows.annex.attachment.decision_id}, Liite 3 Hakemus"
    return f"Liitteiden tiedostot: {name}: tiedosto on muuttunut"


def change_file(rows):
    (rows.file / rows.invoice.file.name).write_bytes(b"%PDF-1.8")
    return f"Laskujen tiedostot: {about_file(rows)}: tiedosto on muuttunut ({rows.invoice.file.name})"


def lose_file(rows):
    (rows.file / rows.invoice.file.name).unlink()
    return f"Laskujen tiedostot: {about_file(rows)}: tiedosto puuttuu ({rows.invoice.file.name})"


def about_file(rows):
    return f"{rows.project.short_name}, {Invoice.objects.get()}"


def drop_trigger(rows):
    name = sorted(TRIGGERS.wanted(connection))[0]
    TRIGGERS._drop(connection, [name])
    return f"Liipaisimet: liipaisin {name} puuttuu"


def change_summary(rows):
    ProjectSummary.objects.filter(project=rows.project).update(planned=1)
    return wrong_summary(rows)


def lose_summary(rows):
    ProjectSummary.objects.filter(project=rows.project).delete()
    return wrong_summary(rows)


def change_kept_finding(rows):
    KeptFinding.objects.filter(project=rows.project).delete()
    return wrong_summary(rows)


def wrong_summary(rows):
    return (
        f"Hankkeiden yhteenvedot: {rows.project.short_name}: säilytetty yhteenveto ei vastaa hankkeen rivejä "
        "(manage.py refresh)"
    )


def forget_migration(rows):
    # Nothing rests on the last one of the topmost app.
    (newest,) = [name for app, name in MigrationLoader(None).graph.leaf_nodes() if app == "groups"]
    run("DELETE FROM django_migrations WHERE app = 'groups' AND name = %s", newest)
    return f"Migraatiot: migraatio groups.{newest} puuttuu"


def leave_a_mark_open(rows):
    """As one saved before marks were refused; a decided decision cannot be mended, and is not named."""
    decided = rows.printed.decision
    planted("UPDATE projects_decision SET title = '[[salainen' WHERE id = %s", decided.pk)
    planted("UPDATE projects_historicaldecision SET title = '[[salainen' WHERE id = %s", decided.pk)
    change(rows.annex.attachment.decision, conditions="[[salainen JulkL 24 §: auki")
    change(rows.project, background="[[salainen JulkL 24 §: Salakirves]]", summary="[[Salakirves]]")
    update_summaries()
    draft = rows.annex.attachment.decision_id
    words = "salassa pidettävän kohdan merkintä ei toimi"
    return (
        f"Salassa pidettävien kohtien merkinnät: hanke {rows.project.pk}: {words} (lyhyesti, tausta)\n"
        f"Salassa pidettävien kohtien merkinnät: päätös {draft}: {words} (ehdot)"
    )


def correct_what_is_not_there(rows):
    decision = rows.printed.decision
    make_correction(decision, part="title", old_words=decision.title, new_words="Oikea otsikko")
    make_correction(decision, number=2, part="title", old_words=decision.title, new_words="Väärä otsikko")
    make_correction(decision, number=3, part="title", old_words="Oikea", new_words="Kelpo")
    key = {"new_section": decision.section + 2, "new_meeting_date": decision.meeting_date}
    section = {"part": "section", "old_words": str(decision.section), "new_words": str(decision.section + 1)}
    make_correction(decision, number=4, **section, **key)
    make_correction(decision, number=5, part="official_name", row_key=999_999)
    words = "ei vastaa päätöstä"
    place = f"{decision.project.short_name}, päätös {decision.pk}"
    return "\n".join(f"Päätösten korjaukset: {place}, korjaus {number}: {words}" for number in (2, 4, 5))


def correct_what_is_secret(rows):
    """As one saved before it was refused."""
    decision = rows.printed.decision
    words = "[[salainen JulkL 24 §: Salakirves]] Ehto."
    planted("UPDATE projects_decision SET conditions = %s WHERE id = %s", words, decision.pk)
    planted("UPDATE projects_historicaldecision SET conditions = %s WHERE id = %s", words, decision.pk)
    make_correction(decision, part="conditions", old_words="Salakirves", new_words="Salakirveet")
    return (
        f"Päätösten korjaukset: {decision.project.short_name}, päätös {decision.pk}, korjaus 1: näyttää "
        "kaikille sanoja, jotka ovat vain salassa pidettävässä kohdassa"
    )


DAMAGES: list[Callable[[Any], str]] = [
    change_row,
    change_relation,
    delete_row,
    add_row,
    delete_log_entry,
    delete_record,
    change_print,
    change_annex,
    change_file,
    lose_file,
    drop_trigger,
    change_summary,
    lose_summary,
    change_kept_finding,
    leave_a_mark_open,
    forget_migration,
    correct_what_is_not_there,
    correct_what_is_secret,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_is_named_and_nothing_else_is(rows, damage):
    sentences = damage(rows).splitlines()

    kinds, found, code = verify()

    assert (found, code) == (sentences, 1)
    wrong = [line.partition(":")[0] for line in kinds if not line.endswith(" 0")]
    assert wrong == [sentences[0].partition(":")[0]]


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_row_that_refers_to_nothing_is_named_on_sqlite():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO projects_projectspelling (spelling, project_id) VALUES ('X', 12345)")
        cursor.execute("PRAGMA foreign_keys = ON")

    assert "(hanke 12345)" in "".join(verify()[1])


@only_postgresql
def test_a_row_that_refers_to_nothing_is_named_on_postgresql(rows):
    planted("UPDATE financing_invoice SET payer_id = 12345 WHERE id = %s", rows.invoice.pk)

    assert f"Viittaukset: lasku {rows.invoice.pk}: viittaa riviin, jota ei ole (hanke 12345)" in verify()[1]


def test_what_waits_for_being_computed_anew_is_not_wrong(rows):
    ProjectSummary.objects.filter(project=rows.project).update(planned=1)
    make_milestone(rows.project)

    assert verify()[1:] == ([], 0)


def test_a_row_that_is_saved_between_the_two_looks_at_it_is_not_wrong(rows, monkeypatch):
    looks = []

    def look(model, keys, real=history._unlike_last_records):
        if model is Milestone and keys:
            looks.append(list(keys))
            if len(looks) == 1:
                return dict.fromkeys(keys, "vielä kesken")
        return real(model, keys)

    monkeypatch.setattr(history, "_unlike_last_records", look)

    assert verify()[1:] == ([], 0)
    assert looks == [[rows.milestone.pk]] * 2


def test_a_fault_of_many_rows_names_some_and_counts_the_rest(rows):
    Milestone.objects.bulk_create(
        Milestone(project=rows.project, title=f"Etappi {number}", due_on=rows.milestone.due_on)
        for number in range(25)
    )

    _kinds, found, _code = verify()

    assert len(found) == 21
    assert found[-1] == "Rivien historia: ja 5 muuta poikkeamaa"
