"""manage.py check_text: figures of a text as lines or as one JSON object."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.support.factories import approve, make_line, make_part, make_plan, make_project, make_source

TEXT = (
    "Osuus on enintään 59.953 euroa (18,9 %) 1.4.2017-31.12.2019,\nvuonna 2017 neljä ryhmää, alkaen 5.5.2017."
)


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paatos.txt"
    path.write_text(TEXT, "utf-8")
    return path


def printed(capsys, *arguments):
    call_command("check_text", *map(str, arguments))
    return capsys.readouterr().out


def test_it_tells_each_figure_in_its_place_as_it_is_read(paper, capsys):
    lines = [line.replace("\u00a0", " ").split(maxsplit=1) for line in printed(capsys, paper).splitlines()]

    assert [" ".join(rest.split()) for _place, rest in lines] == [
        "enintään 59 953 € 59.953 euroa",
        "18,9 % 18,9 %",
        "1.4.2017–31.12.2019 1.4.2017-31.12.2019",
        "2017 2017",
        "4 ryhmää neljä ryhmää",
        "5.5.2017 5.5.2017",
    ]
    assert lines[0][0] == str(TEXT.index("59.953"))


def test_json_has_iso_days_and_plain_decimals(paper, capsys):
    found = json.loads(printed(capsys, paper, "--json"))["amounts"]

    assert [(each["kind"], each["value"], each["qualifier"]) for each in found] == [
        ("money", "59953.00", "enintään"),
        ("percent", "18.9", ""),
        ("period", {"start": "2017-04-01", "end": "2019-12-31"}, ""),
        ("year", "2017", ""),
        ("count", "4", ""),
        ("date", "2017-05-05", ""),
    ]
    assert all(TEXT[each["start"] : each["end"]] == each["raw"] for each in found)


def test_json_tells_everything_that_is_read_of_a_decision(tmp_path, capsys):
    path = tmp_path / "paatos.txt"
    path.write_text(
        "Oulun kaupunki   Pöytäkirja   1 (1)\nKaupunginhallitus   5.6.2025   klo 9.00–15.00\n\n"
        "§ 4\nHanke\n\nSelostus\nOsuus on 100 €.\n\n"
        "Valmistelija\nvs. suunnittelija Aamu Kivi, puh. 044 000 0000\n\nLiitteet\n2 Hakemus\n",
        "utf-8",
    )

    found = json.loads(printed(capsys, path, "--json"))

    assert found.pop("amounts")
    assert found == {
        "header": {
            "city": "Oulun kaupunki",
            "body": "Kaupunginhallitus",
            "document": "Pöytäkirja",
            "meeting_date": "2025-06-05",
            "section": "4",
            "case_number": None,
            "title": "Hanke",
        },
        "officials": [
            {
                "role": "valmistelija",
                "title": "suunnittelija",
                "name": "Aamu Kivi",
                "acting": True,
                "contact": "puh. 044 000 0000",
            }
        ],
        "parts": [
            {"name": "Selostus", "text": "Osuus on 100 €."},
            {"name": "Valmistelija", "text": "vs. suunnittelija Aamu Kivi, puh. 044 000 0000"},
            {"name": "Liitteet", "text": "2 Hakemus"},
        ],
        "attachments": [{"number": 2, "title": "Hakemus"}],
        "findings": [],
        "unread": "klo 9.00–15.00",
    }


def test_a_text_that_is_longer_than_any_decision_gets_a_sentence(tmp_path):
    path = tmp_path / "paatos.txt"
    path.write_text("Tuki on 1 € ja " * 20_000, "utf-8")

    with pytest.raises(CommandError, match=r"Tekstissä on 300.000 merkkiä"):
        call_command("check_text", str(path), "--json")


@pytest.mark.django_db
def test_beside_a_project_each_figure_is_held_to_its_data(tmp_path, capsys):
    part = make_part(make_project(slug="luvut"))
    plan = make_plan(part, cost=59953)
    make_line(plan, 14924, source=make_source(name="Omarahoitus", funder=part.organisation))
    approve(plan)
    path = tmp_path / "paatos.txt"
    path.write_text(
        "Osahankkeen kustannukset ovat 59 953 €.\nKaupungin omarahoitus on 14 942 €. Päättyy 31.2.2031.",
        "utf-8",
    )

    found = json.loads(printed(capsys, path, "--project", "luvut", "--json"))["findings"]
    lines = printed(capsys, path, "--project", "luvut").replace("\u00a0", " ").splitlines()

    sentence = (
        "14 942 € ei ole hankkeen tiedoissa. Lähin on Omarahoitus 14 924 €, ero 18 €: "
        "kaksi numeroa eri järjestyksessä."
    )
    assert [{**each, "sentence": each["sentence"].replace("\u00a0", " ")} for each in found] == [
        {
            "kind": "differs",
            "level": "warning",
            "figure": "money",
            "points": False,
            "left": "14942.00",
            "right": "14924.00",
            "difference": "18.00",
            "raw": "14 942 €",
            "start": 65,
            "end": 73,
            "sentence": sentence,
        },
        {
            "kind": "impossible",
            "level": "error",
            "figure": "date",
            "points": False,
            "left": None,
            "right": None,
            "difference": None,
            "raw": "31.2.2031",
            "start": 83,
            "end": 92,
            "sentence": "Päivää 31.2.2031 ei ole kalenterissa.",
        },
    ]
    assert [line.strip().split("  ", 1)[1].strip() for line in lines[-2:]] == [
        sentence,
        "Päivää 31.2.2031 ei ole kalenterissa.",
    ]
