import hashlib
import logging
import os
import subprocess
import sys
from datetime import date

import pikepdf
import pytest

from mikrogrow.pdf import render as pdf
from mikrogrow.pdf.glyphs import rare_letters
from mikrogrow.pdf.hyphenation import register_finnish
from mikrogrow.pdf.render import PdfError, render_pdf, static_path
from tests.support.pdfs import ROOT, failed_rules, flowing_text, layout_text, printed_pages, written

FRAME = '{% extends "documents/base.html" %}{% block content %}<h1>Otsikko</h1>CONTENT{% endblock content %}'


@pytest.fixture
def render(settings):
    """Makes a PDF of a template's content, which may show {{ text }}."""
    options = settings.TEMPLATES[0]

    def make(content, created=None, **context):
        memory = {"test.html": FRAME.replace("CONTENT", content)}
        loaders = [
            ("django.template.loaders.locmem.Loader", memory),
            ("django.template.loaders.filesystem.Loader", options["DIRS"]),
        ]
        settings.TEMPLATES = [
            {**options, "APP_DIRS": False, "OPTIONS": {**options["OPTIONS"], "loaders": loaders}}
        ]
        return render_pdf(
            "test.html",
            context,
            title="Koe ä & <b>",
            author="Esimerkkikaupunki",
            subject="1/2017",
            created=created,
        )

    return make


def sentence(make, *args, **kwargs):
    with pytest.raises(PdfError) as refused:
        make(*args, **kwargs)
    return str(refused.value)


def printed_by(program, **environment):
    """What this Python program prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def test_a_document_is_pdf_a_and_pdf_ua(render, tmp_path):
    table = (
        "<table><thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead>"
        "<tbody><tr><th scope='row'>1</th><td>2</td></tr></tbody></table>"
    )
    path = written(render(f"<h2>Alku</h2><p>Teksti.</p><ul><li>kohta</li></ul>{table}"), tmp_path)
    assert failed_rules(path, "2a") == []
    assert failed_rules(path, "ua1") == []


def test_metadata_are_the_documents_own(render, tmp_path):
    path = written(render("<p>Teksti.</p>", created=date(2017, 6, 5)), tmp_path)
    with pikepdf.open(path) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
    assert info == {
        "/Title": "Koe ä & <b>",
        "/Author": "Esimerkkikaupunki",
        "/Subject": "1/2017",
        "/Creator": "Mikrogrow",
        "/CreationDate": "D:20170605",
        "/Producer": info["/Producer"],
    }


def test_a_document_without_a_day_has_no_creation_date(render, tmp_path):
    with pikepdf.open(written(render("<p>Teksti.</p>"), tmp_path)) as document:
        assert "/CreationDate" not in document.docinfo


def test_the_same_content_gives_the_same_bytes(render):
    assert render("<p>Teksti.</p>") == render("<p>Teksti.</p>")


def test_other_processes_and_time_zones_give_the_same_bytes():
    pytest.importorskip("weasyprint")
    program = (
        "import django, hashlib; django.setup()\n"
        "from mikrogrow.pdf.render import render_pdf\n"
        "print(hashlib.sha256(render_pdf('documents/base.html', {}, title='T', author='A', subject='S')"
        ").hexdigest())"
    )
    digests = set()
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Los_Angeles", "2")):
        digests.add(printed_by(program, TZ=zone, PYTHONHASHSEED=seed).strip())
    assert len(digests) == 1
    assert len(digests.pop()) == hashlib.sha256().digest_size * 2


def font_names(path):
    with pikepdf.open(path) as document:
        return {
            str(thing["/FontName"]).partition("+")[2]
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }


def test_only_our_own_fonts_are_embedded(render, tmp_path):
    content = render("<p><b>Lihava</b> ja <em>kursiivi</em>.</p>")
    with pikepdf.open(written(content, tmp_path)) as document:
        fonts = {
            str(thing.get("/FontFamily"))
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }
    assert fonts == {"Source Sans 3"}


def test_letters_that_source_sans_lacks_are_printed_in_every_style(render, tmp_path):
    letters = "".join(sorted(rare_letters()))
    content = render(
        "<p>{{ text }} <b>{{ text }}</b> <em>{{ text }}</em></p>", text=f"Nuõrttsääʹmǩiõll {letters}"
    )
    path = written(content, tmp_path)
    assert flowing_text(path).replace(" ", "").count(f"Nuõrttsääʹmǩiõll{letters}") == 3
    assert sum(name.startswith("Noto-Sans-Latin") for name in font_names(path)) == 3
    assert failed_rules(path, "2a") == failed_rules(path, "ua1") == []


def test_rare_letters_cost_a_document_without_them_nothing(render):
    assert b"Noto" not in render("<p>{{ text }}</p>", text="Pohjoissaame: áâčđŋšŧž")


def test_words_that_lines_break_are_found_whole(render, tmp_path):
    words = "rakennerahastoasiantuntijat kaupunginhallituksessa " * 20
    path = written(render("<p>{{ text }}</p>", text=words), tmp_path)
    assert "\u00ad" in layout_text(path)
    assert flowing_text(path).count("rakennerahastoasiantuntijat kaupunginhallituksessa") == 20


def test_hyphens_and_spaces_are_read_as_the_ones_on_a_keyboard(render, tmp_path):
    text = "Ylä\u2011Savo, Sisä\u2010Savo, Pohjois-Savo, 59\u00a0953\u00a0€"
    path = written(render("<p>{{ text }}</p>", text=text), tmp_path)
    assert "Ylä-Savo, Sisä-Savo, Pohjois-Savo, 59 953 €" in flowing_text(path)


def test_letters_typed_in_two_pieces_are_printed(render, tmp_path):
    path = written(render("<p>{{ text }}</p>", text="Yla\u0308-Savo"), tmp_path)
    assert "Ylä-Savo" in flowing_text(path)


def test_an_amount_is_not_broken_from_its_euro_sign(render, tmp_path):
    path = written(render("<p>{{ text }}</p>", text="summa 59\u00a0953\u00a0€ " * 60), tmp_path)
    lines = layout_text(path).splitlines()
    assert not [line for line in lines if line.startswith(("€", "953")) or line == "59"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rakennerahasto", "raken-ne-ra-hasto"),
        ("kaupunginhallitus", "kau-pun-gin-hal-li-tus"),
        ("valtionavustus", "val-tion-avus-tus"),
        ("palvelualueen", "pal-ve-lu-alueen"),
        ("mikroyritysten", "mik-ro-yri-tys-ten"),
        ("äänestys", "äänes-tys"),
        ("osuus", "osuus"),
    ],
)
def test_finnish_words_break_by_syllables(word, parts):
    import pyphen

    register_finnish()
    assert pyphen.Pyphen(lang="fi", left=3, right=3).inserted(word) == parts


def test_a_character_without_a_glyph_is_named_with_its_place(render):
    assert sentence(render, "<p>{{ text }}</p>", text="Hanke etenee 😀 hyvin") == (
        "Asiakirjassa on merkki, jota ei voi tulostaa: ”😀” (U+1F600). "
        "Se on asiakirjan alussa kohdassa ”Hanke etenee 😀 hyvin”. Poista merkki tai korvaa se toisella."
    )


def test_a_character_without_a_glyph_is_named_with_its_part(render):
    content = "<h2>Hanke</h2><p>Teksti.</p><h2><span>Rahoitus</span></h2><p>{{ text }}</p>"
    assert sentence(render, content, text="漢字 ") == (
        "Asiakirjassa on merkki, jota ei voi tulostaa: ”漢” (U+6F22). "
        "Se on osassa ”Rahoitus” kohdassa ”漢字”. Poista merkki tai korvaa se toisella."
    )


@pytest.mark.parametrize(
    ("sign", "code"), [("\u202e", "U+202E"), ("\0", "U+0000"), ("\ud800", "U+D800"), ("\x07", "U+0007")]
)
def test_a_character_that_shows_nothing_is_named_by_its_code(render, sign, code):
    assert f"jota ei voi tulostaa: {code}. " in sentence(render, "<p>{{ text }}</p>", text=f"a{sign}b")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=file:///etc/passwd>",
        "<link rel=attachment href=file:///etc/passwd>",
        "{{ settings.SECRET_KEY }} {% include 'x' %}",
        "@import url(http://example.org/x.css)",
        "<style>p { background: url(http://example.org/) }</style>",
        "&lt;b&gt; &amp; ]]> -->",
    ],
)
def test_markup_in_a_text_is_printed_as_text(render, tmp_path, text):
    path = written(render("<p>{{ text }}</p>", text=text), tmp_path)
    assert f"Otsikko {text}" in flowing_text(path)
    assert failed_rules(path, "2a") == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "https://example.org/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "static:../manage.py",
        "static:fonts/full/../../../manage.py",
        "static:css/site.css",
        "static:documents/none.css",
        "documents/../../manage.py",
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        "<img alt='kuva' src='ADDRESS'>",
        "<link rel='stylesheet' href='ADDRESS'><p>x</p>",
        "<style>@import url('ADDRESS');</style><p>x</p>",
        "<style>p { background: url('ADDRESS') }</style><p>x</p>",
        "<svg width='9' height='9' xmlns='http://www.w3.org/2000/svg'><title>t</title>"
        "<image width='9' height='9' href='ADDRESS'/></svg>",
    ],
)
def test_a_template_that_reads_anything_else_makes_no_document(render, markup, address):
    refused = sentence(render, markup.replace("ADDRESS", address))
    assert refused.startswith(("Asiakirja viittaa tiedostoon, jota ei saa lukea: ", "Asiakirjan pohjassa on"))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("static:documents/document.css", ROOT / "static/documents/document.css"),
        ("static:fonts/full/SourceSans3-It.ttf", ROOT / "static/fonts/full/SourceSans3-It.ttf"),
        ("static:/etc/passwd", None),
        ("static:documents/../css/site.css", None),
        ("static:documents\\..\\css", None),
        ("static:", None),
        ("STATIC:documents/document.css", None),
        ("file:documents/document.css", None),
    ],
)
def test_only_files_of_documents_have_an_address(address, found):
    assert static_path(address) == found


def test_a_fault_in_a_template_makes_no_document(render):
    assert sentence(render, "<style>p { nonsense: 1 }</style><p>x</p>").startswith(
        "Asiakirjan pohjassa on virhe, joten sitä ei tehty. Kerro ylläpitäjälle: Ignored `nonsense: 1 `"
    )


def test_a_font_of_the_machine_makes_no_document(render):
    refused = sentence(render, "<p style='font-family: DejaVu Sans, monospace'>Teksti</p>")
    assert refused.startswith("Asiakirjan fontti puuttuu, ja tilalle tarjottiin toista: ")


def test_a_page_that_continues_a_table_names_it_and_the_group_of_its_rows(render, tmp_path):
    groups = "".join(
        f"<tbody><tr class='class'><th scope='row' colspan='2'>{year}</th></tr>"
        + "".join(f"<tr><th scope='row'>Lähde {year}</th><td>1</td></tr>" for _row in range(rows))
        + "</tbody>"
        for year, rows in (("2017", 10), ("2018", 60), ("2019", 40))
    )
    head = "<thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead>"
    style = "<link rel='stylesheet' href='static:documents/budget.css'>"
    table = f"<table class='ledger grouped'><caption>Rahoitus</caption>{head}{groups}</table><p>Loppu.</p>"
    path = written(render(f"{style}{table}<p style='break-before: page'>Muuta.</p>"), tmp_path)

    pages = printed_pages(path)

    assert [page[0] for page in pages[1:]] == [
        "Rahoitus, jatkuu: 2018",
        "Rahoitus, jatkuu: 2018",
        "Rahoitus, jatkuu: 2019",
        "Muuta.",
    ]
    assert failed_rules(path, "ua1") == []


def test_too_many_pages_give_a_sentence(render, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    assert sentence(render, "<p style='break-after: page'>x</p>" * 5) == (
        "Asiakirja on liian suuri: enintään 3 sivua ja 60 sekuntia. Lyhennä tekstejä tai jaa asiakirja osiin."
    )


def test_too_long_a_time_gives_a_sentence(render, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0)
    assert sentence(render, "<p>x</p>").startswith("Asiakirja on liian suuri: enintään 500 sivua")


def test_too_much_text_gives_a_sentence(render):
    assert sentence(render, "<p>{{ text }}</p>", text="a " * 1_000_001) == (
        "Asiakirjassa on liikaa tekstiä: muotoiluineen yli 2 miljoonaa merkkiä. "
        "Lyhennä tekstejä tai jaa asiakirja osiin."
    )


def test_a_failed_document_leaves_logging_as_it_was(render):
    progress = logging.getLogger("weasyprint.progress")
    before = progress.level, progress.propagate, list(progress.handlers)
    sentence(render, "<img alt='x' src='file:///etc/passwd'>")
    assert (progress.level, progress.propagate, list(progress.handlers)) == before


def test_a_missing_native_library_gives_a_sentence_that_names_the_packages():
    program = (
        "import ctypes.util, django, cffi\n"
        "django.setup()\n"
        "def refuse(*args, **kwargs): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = refuse\n"
        "from mikrogrow.pdf.render import PdfError, render_pdf\n"
        "try: render_pdf('documents/base.html', {}, title='T', author='A', subject='S')\n"
        "except PdfError as error: print(error)"
    )
    assert printed_by(program).splitlines()[-1] == (
        "PDF-asiakirjoja ei voida tehdä, koska palvelimelta puuttuu Pango-kirjasto. Ylläpitäjä asentaa sen "
        "Debianissa ja Ubuntussa komennolla ”apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
        "libharfbuzz-subset0” ja käynnistää palvelun uudelleen."
    )


def test_the_rest_of_the_application_runs_without_the_library():
    program = (
        "import django, sys; django.setup()\n"
        "import mikrogrow.pdf.render, projects.decisions.document, financing.budget_pdf.document\n"
        "print('weasyprint' in sys.modules)"
    )
    assert printed_by(program).strip() == "False"
