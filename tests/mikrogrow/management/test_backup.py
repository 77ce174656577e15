"""A bad day: what was backed up while people worked is restored elsewhere, whole, or not at all."""

import json
import shutil
import stat
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from financing.choices import InvoiceStatus
from financing.models import Invoice
from mikrogrow.management.backups import databases
from mikrogrow.management.backups.manifest import BackupError, Manifest, check_files, read_manifest
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.choices import DecisionStage
from projects.models import Decision, PrintedDecision
from tests.support.decision_rows import AT
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_user
from tests.support.places import ROOT, places

PRINT, FILE = b"%PDF-1.7 tuloste", b"%PDF-1.7 lasku"
FILE_NAME = "invoices/0123456789abcdef.pdf"
IN_A_BACKUP = "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"

# Each page of a project: its status, and its words or, of a file, its bytes.
READ_PAGES = """
import json
from django.contrib.auth.models import User
from django.test import Client
from projects.models import Project
from tests.support.addresses import HTML_PAGES, address_of
from tests.support.pages import words_on
client, project = Client(), Project.objects.get(slug="mikrogrow")
client.force_login(User.objects.get(username="yllapito"))
found = {}
for page in HTML_PAGES:
    answer = client.get(address_of(page, project), {"on": "2018-10-15"})
    found[page] = [answer.status_code, words_on(answer)]
for address in sys.argv[1:]:
    answer = client.get(address)
    content = answer.getvalue()
    found[address] = [answer.status_code, content.decode("latin-1")]
print(json.dumps(found))
"""
READ_ROWS = """
import json
from django.contrib.sessions.models import Session
from projects.models import Project
from mikrogrow.models import Change, ChangedProject
name = Project.objects.get(slug="jarviretki").name
keys = list(Session.objects.values_list("session_key", flat=True))
print(json.dumps([keys, name, Change.objects.count(), ChangedProject.objects.count()]))
"""
# Saves without a pause, and in the end what the backup must not have.
WRITE = """
import select
from mikrogrow.database.writing import write
from projects.models import Project
row = Project.objects.get(slug="puupolku").milestones.order_by("pk")[0]
number = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    number += 1
    row.title = f"Etappi {number}"
    write(row.save)
    if number == 3:
        print(number, flush=True)
project = Project.objects.get(slug="jarviretki")
project.name = "Varmuuskopion jälkeen muutettu"
write(project.save)
"""


@pytest.fixture
def installed(transactional_db, tmp_path):
    """The demonstration with a file and a print, in a place with another that is empty."""
    put_demonstration()
    make_user(SYSTEM_ADMINISTRATOR, username="yllapito")
    invoice = Invoice.objects.filter(payer__project__slug="mikrogrow", status=InvoiceStatus.CHECKED).earliest(
        "pk"
    )
    invoice.file, invoice.file_name, invoice.file_sha256 = FILE_NAME, "lasku.pdf", sha256(FILE).hexdigest()
    invoice.save()
    decision = Decision.objects.filter(project__slug="mikrogrow", stage=DecisionStage.DECIDED).order_by(
        "-pk"
    )[0]
    PrintedDecision.objects.filter(decision=decision).delete()
    PrintedDecision.objects.create(
        decision=decision, content=PRINT, sha256=sha256(PRINT).hexdigest(), printed_at=AT
    )
    call_command("refresh", verbosity=0)
    with places(tmp_path) as (here, elsewhere):
        path = here.files / FILE_NAME
        path.parent.mkdir(parents=True)
        path.write_bytes(FILE)
        yield SimpleNamespace(
            here=here,
            elsewhere=elsewhere,
            folder=tmp_path / "varmuuskopio",
            file=f"/invoices/{invoice.pk}/file/",
            print=f"/decisions/{decision.pk}/decision.pdf",
        )


def needs_postgresql_programs():
    if connection.vendor == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump and pg_restore are not installed")


def all_bytes_of(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def change_one_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_backup_made_while_somebody_writes_gives_every_page_elsewhere(installed):
    needs_postgresql_programs()
    here, elsewhere, folder = installed.here, installed.elsewhere, installed.folder
    before = here.asked(READ_PAGES)
    with here.meanwhile(WRITE):
        made = here.run(ROOT / "script/backup", folder)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == f"Varmuuskopio on kansiossa {folder}: tietokanta ja 1 tiedosto.\n"
    sessions, name, changes, _waiting = here.asked(READ_ROWS)
    assert name == "Varmuuskopion jälkeen muutettu"
    secrets = [*sessions, (here.folder / "secret_key").read_text()]
    assert len(secrets) == 2
    assert [secret for secret in secrets if secret.encode() in all_bytes_of(folder)] == []

    copy = shutil.copytree(folder, folder.with_name("muuttunut"))
    change_one_byte(copy / IN_A_BACKUP)
    refused = elsewhere.run(ROOT / "script/restore", copy)
    assert refused.returncode == 1
    assert "Varmuuskopiota ei palauteta, koska se ei ole ehjä." in refused.stderr
    assert elsewhere.what_is_there() == []

    restored = elsewhere.run(ROOT / "script/restore", folder)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.startswith("Palautettiin varmuuskopio, joka tehtiin ")
    assert restored.stdout.endswith("\nPoikkeamia ei löytynyt.\n")
    sessions, name, restored_changes, waiting = elsewhere.asked(READ_ROWS)
    assert (sessions, restored_changes < changes, waiting) == ([], True, 0)
    assert name.startswith("Järviretki")

    after = elsewhere.asked(READ_PAGES, installed.file, installed.print)
    assert {status for status, _words in after.values()} == {200}
    assert after.pop(installed.file)[1].encode("latin-1") == FILE
    assert after.pop(installed.print)[1].encode("latin-1") == PRINT
    assert after == before

    there = elsewhere.what_is_there()
    again = elsewhere.run(ROOT / "script/restore", folder)
    assert (again.returncode, again.stderr) == (
        1,
        "CommandError: Tietokannassa on jo tietoja. Varmuuskopio palautetaan vain tyhjään tietokantaan.\n",
    )
    assert elsewhere.what_is_there() == there


def test_yesterdays_backup_is_migrated_to_what_runs_today(installed):
    needs_postgresql_programs()
    yesterday, today = sorted(
        name for app, name in MigrationLoader(None).disk_migrations if app == "projects"
    )[-2:]
    assert installed.here.manage("migrate", "projects", yesterday, "-v0").returncode == 0
    assert installed.here.manage("backup", installed.folder).returncode == 0
    migrations = json.loads((installed.folder / "manifest.json").read_text())["migrations"]
    assert f"projects.{yesterday}" in migrations and f"projects.{today}" not in migrations

    restored = installed.elsewhere.manage("restore", installed.folder)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.endswith("\nPoikkeamia ei löytynyt.\n")


@pytest.fixture
def backup(tmp_path):
    """As `make_backup` writes it, of a database that is just bytes."""
    folder = tmp_path / "varmuuskopio"
    (folder / "files").mkdir(parents=True)
    contents = {IN_A_BACKUP: b"SQLite", "files/a.pdf": FILE}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    hashes = {name: sha256(content).hexdigest() for name, content in contents.items()}
    write_manifest(folder, files=hashes)
    return folder


def write_manifest(folder, **changes):
    known = {"database": connection.vendor, "made_at": "", "version": "", "commit": "", "migrations": []}
    (folder / "manifest.json").unlink(missing_ok=True)
    Manifest(**{**known, "files": {}, **changes}).write(folder)


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        call_command("restore", folder)
    return str(refused.value)


def not_whole(names):
    return f"Varmuuskopiota ei palauteta, koska se ei ole ehjä. Puuttuu tai on muuttunut: {names}."


@pytest.mark.parametrize("name", [IN_A_BACKUP, "files/a.pdf"])
@pytest.mark.parametrize("damage", [change_one_byte, lambda path: path.unlink()], ids=["changed", "missing"])
def test_a_backup_that_is_not_whole_is_refused(backup, name, damage):
    check_files(backup, read_manifest(backup))
    damage(backup / name)

    assert refusal(backup) == not_whole(name)


def test_every_byte_of_the_manifest_counts(backup):
    content = (backup / "manifest.json").read_text()
    (backup / "manifest.json").write_text(content.replace(connection.vendor, "muu"))

    assert refusal(backup) == not_whole("manifest.json")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"sha256": ""}', '{"files": "x'])
def test_a_manifest_that_is_none_is_refused(backup, content):
    (backup / "manifest.json").write_text(content)

    assert refusal(backup) == not_whole("manifest.json")


@pytest.mark.parametrize("name", ["/etc/passwd", "files/../../x"])
def test_a_backup_writes_nowhere_else(backup, name):
    write_manifest(backup, files={name: "0" * 64})

    assert refusal(backup) == not_whole("manifest.json")


def test_a_folder_without_a_manifest_is_no_backup(tmp_path):
    assert refusal(tmp_path) == f"Kansiossa {tmp_path} ei ole varmuuskopiota: tiedosto manifest.json puuttuu."


def test_a_backup_of_a_newer_application_is_refused(backup):
    write_manifest(backup, migrations=["groups.0001_initial", "groups.0999_uusi"], version="9.9")

    assert refusal(backup) == (
        "Varmuuskopio on tehty uudemmalla sovelluksella (9.9). Ota se käyttöön ja palauta uudelleen. "
        "Tuntemattomat migraatiot: groups.0999_uusi."
    )


def test_a_backup_of_another_kind_of_database_is_refused(backup):
    write_manifest(backup, database="muu")

    assert refusal(backup) == (
        f"Varmuuskopion tietokanta on muu, mutta DATABASE_URL tarkoittaa tietokantaa {connection.vendor}. "
        "Palauta samanlaiseen tietokantaan."
    )


@pytest.mark.django_db
def test_files_that_are_there_are_not_written_over(backup, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "is_empty", lambda: True)
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "vanha.pdf").write_bytes(b"vanha")

    assert refusal(backup) == (
        f"Kansiossa {tmp_path / 'files'} on jo tiedostoja. Varmuuskopio palautetaan vain tyhjään kansioon."
    )


@pytest.mark.django_db
class TestWriting:
    @pytest.fixture(autouse=True)
    def files(self, settings, tmp_path, monkeypatch):
        settings.MEDIA_ROOT = tmp_path / "files"
        settings.MEDIA_ROOT.mkdir()
        (settings.MEDIA_ROOT / "a.pdf").write_bytes(FILE)
        monkeypatch.setattr(databases, "dump", lambda target: target.write_bytes(b"SQLite"))

    def test_only_its_owner_reads_a_backup(self, tmp_path):
        folder = tmp_path / "uusi" / "kopio"
        call_command("backup", folder, verbosity=0)

        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
        assert modes.pop(folder / IN_A_BACKUP)
        assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
        assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}

    def test_a_file_of_the_last_moment_is_there_for_its_row(self, settings, tmp_path, monkeypatch):
        def dump(target):
            (settings.MEDIA_ROOT / "invoices").mkdir()
            (settings.MEDIA_ROOT / "invoices/b.pdf").write_bytes(b"%PDF-1.7 juuri tallennettu")
            target.write_bytes(b"SQLite")

        monkeypatch.setattr(databases, "dump", dump)
        call_command("backup", tmp_path / "kopio", verbosity=0)

        manifest = read_manifest(tmp_path / "kopio")
        check_files(tmp_path / "kopio", manifest)
        assert [name for name, _digest in manifest.stored_files()] == ["a.pdf", "invoices/b.pdf"]

    def test_an_earlier_backup_is_not_written_over(self, tmp_path):
        (tmp_path / "kopio").mkdir()

        with pytest.raises(CommandError) as refused:
            call_command("backup", tmp_path / "kopio")

        assert str(refused.value) == f"{tmp_path / 'kopio'} on jo olemassa. Anna kansio, jota ei vielä ole."

    def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(self, tmp_path, monkeypatch):
        def fail(self, folder):
            raise OSError("levy on täynnä")

        monkeypatch.setattr(Manifest, "write", fail)
        with pytest.raises(CommandError, match="levy on täynnä"):
            call_command("backup", tmp_path / "kopio")

        assert [path.name for path in tmp_path.iterdir()] == ["files"]

    def test_a_backup_into_the_folder_that_it_copies_is_refused(self, settings):
        folder = settings.MEDIA_ROOT / "kopio"

        with pytest.raises(CommandError) as refused:
            call_command("backup", folder)

        assert str(refused.value) == f"{folder} on kansiossa, joka varmuuskopioidaan. Anna muu kansio."


def test_a_program_that_is_missing_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(BackupError) as refused:
        databases._run("pg_dump")

    assert str(refused.value) == "Ohjelmaa pg_dump ei löydy. Se on Debianin paketissa postgresql-client."
