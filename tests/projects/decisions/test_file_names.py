"""What the file of a printed decision is called."""

from datetime import date

import pytest

from projects.decisions.file_names import decision_file_name, short_name
from projects.models import Decision

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"stage": "draft"}, "2026-11-23-kh-55-luonnos.pdf"),
        ({"stage": "motion"}, "2026-11-23-kh-55-esitys.pdf"),
        ({"stage": "proposal"}, "2026-11-23-kh-55-esityslista.pdf"),
        ({"stage": "decided"}, "2026-11-23-kh-55-poytakirjanote.pdf"),
        ({"body": "Kaupunginvaltuusto"}, "2026-11-23-kv-55-luonnos.pdf"),
        ({"meeting_date": None}, "kh-55-luonnos-7.pdf"),
        ({"section": None}, "2026-11-23-kh-luonnos-7.pdf"),
        ({"meeting_date": None, "section": None}, "kh-luonnos-7.pdf"),
        ({"body": "漢字"}, "2026-11-23-55-luonnos.pdf"),
    ],
)
def test_a_file_is_named_by_day_body_section_and_stage(fields, name):
    row = {"pk": 7, "stage": "draft", "body": "Kaupunginhallitus", "meeting_date": DAY, "section": 55}
    assert decision_file_name(Decision(**{**row, **fields})) == name


@pytest.mark.parametrize(
    ("body", "short"),
    [
        ("Kaupunginhallitus", "kh"),
        ("KAUPUNGINHALLITUS ", "kh"),
        ("Kaupunginhallituksen konsernijaosto", "kk"),
        ("Elinvoima- ja konsernipalvelujen lautakunta", "ekl"),
        ("Tekninen lautakunta", "tl"),
        ("Kasvatus- sekä kulttuurilautakunta", "kk"),
        ("Elinkeinojohtaja", "elinkeinojohtaja"),
        ("Äänekosken työllisyyslautakunta", "at"),
        ("../../etc/passwd", "etcpasswd"),
        ('a"; filename="b.exe', "af"),
        ("\r\nX-Header: 1", "xh1"),
        ("x" * 300, "x" * 40),
        ("…", ""),
    ],
)
def test_a_body_has_a_short_name_of_harmless_letters(body, short):
    assert short_name(body) == short
