"""What prevents check_text and import_decision is one sentence, and they end with 1."""

import errno
import io
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from django.core.management import CommandError, call_command

from tests.support.factories import make_project
from tests.support.places import Place

COMMANDS = ["check_text", "import_decision"]
NOWHERE = "postgres://kukaan:x@127.0.0.1:1/ei"
NO_CONNECTION = "CommandError: Tietokantaan ei saada yhteyttä. Tarkista DATABASE_URL."
NO_TABLES = "CommandError: Tietokannasta puuttuu tauluja tai sarakkeita. Suorita ensin manage.py migrate."


def pdf(markup, encryption=None):
    content = weasyprint.HTML(string=markup).write_pdf()
    if encryption is None:
        return content
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(locked, encryption=encryption)
    return locked.getvalue()


FILES = {
    "kuva.png": (b"\x89PNG\xff\xfe", "{path} ei ole tekstiä eikä PDF."),
    "vanha.txt": ("Päätös".encode("latin-1"), "{path} ei ole tekstiä eikä PDF."),
    "vajaa.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 9, "PDF on vioittunut tai vajaa."),
    "skannattu.pdf": (pdf("<svg width=9 height=9><rect width=9 height=9 /></svg>"), "PDF:ssä ei ole tekstiä"),
    "lukittu.pdf": (pdf("Päätös", pikepdf.Encryption(user="a", owner="b")), "PDF on suojattu salasanalla."),
    "paatos.rtf": (b"{\\rtf1\\ansi P\\'e4\\'e4t\\'f6s}", "{path} on verkkosivu tai RTF-tiedosto"),
    "paatos.html": (b"<!DOCTYPE html><html><body>P</body></html>", "{path} on verkkosivu tai RTF-tiedosto"),
    "paatos.xml": (b"<?xml version='1.0'?><p>P</p>", "{path} on verkkosivu tai RTF-tiedosto"),
    "tyhja.txt": (b"", "Tiedostossa {path} ei ole tekstiä."),
    "nollia.bin": (b"\x00" * 99, "Tiedostossa {path} ei ole tekstiä."),
}


def refused(command, *arguments):
    with pytest.raises(CommandError) as caught:
        call_command(command, *map(str, arguments))
    assert caught.value.returncode == 1
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_paper_gets_a_sentence(tmp_path, command, name):
    content, sentence = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)

    assert sentence.format(path=path) in refused(command, path)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_that_is_no_file_gets_a_sentence(tmp_path, command):
    path = tmp_path / "a.txt"
    path.touch()

    assert refused(command, tmp_path / "puuttuu") == f"Tiedostoa {tmp_path / 'puuttuu'} ei ole."
    assert refused(command, tmp_path) == f"{tmp_path} on kansio. Anna sen tiedosto, jossa päätös on."
    assert refused(command, path / "b") == f"Tiedostoa {path / 'b'} ei voi lukea. Tarkista polku."


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_may_not_be_read_gets_a_sentence(tmp_path, monkeypatch, command):
    def refuse(*_arguments, **_options):
        raise PermissionError(errno.EACCES, "Permission denied")

    # The tests may run as a user who may read everything.
    monkeypatch.setattr(Path, "open", refuse)

    assert refused(command, tmp_path / "a.txt") == f"Tiedostoon {tmp_path / 'a.txt'} ei ole lukuoikeutta."


@pytest.mark.django_db
@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_project_gets_a_sentence(tmp_path, command):
    make_project(slug="hanke")
    path = tmp_path / "paatos.txt"
    path.write_text("Päätös", "utf-8")

    assert refused(command, path, "--project", "puuttuu") == (
        "Hanketta ”puuttuu” ei ole. Anna tunnus, joka on hankkeen sivun osoitteessa, esimerkiksi mikrogrow."
    )


@pytest.mark.parametrize(
    ("url", "arguments", "status", "said"),
    [
        (NOWHERE, ["check_text"], 0, ""),
        (NOWHERE, ["import_decision", "--json"], 0, ""),
        (NOWHERE, ["check_text", "--project", "mikrogrow"], 1, NO_CONNECTION),
        (NOWHERE, ["import_decision"], 1, NO_CONNECTION),
        ("sqlite:///{folder}/tyhja.sqlite3", ["check_text", "--project", "mikrogrow"], 1, NO_TABLES),
        ("sqlite:///{folder}/tyhja.sqlite3", ["import_decision"], 1, NO_TABLES),
        ("sqlite:///{folder}/ei/ole.sqlite3", ["import_decision"], 1, NO_CONNECTION),
    ],
)
def test_only_what_needs_the_database_asks_it_and_says_if_it_is_not_there(
    tmp_path, url, arguments, status, said
):
    path = tmp_path / "paatos.txt"
    path.write_text("Kaupunki rahoittaa enintään 100 euroa.", "utf-8")
    command, *options = arguments

    done = Place(tmp_path, url.format(folder=tmp_path)).manage(command, path, *options)

    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == (1 if said else 0)
