"""A column of a printed table that is unknown throughout is said once."""

from xml.etree import ElementTree

from mikrogrow.pdf.unknown_columns import say_unknown_columns_once

UNKNOWN = '<em class="unknown">ei tiedossa</em>'
HEAD = ["Lähde", "Summa", "2017", "2018"]


def row(cells, tag="td"):
    return f"<tr><th>{cells[0]}</th>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells[1:])}</tr>"


def printed(*bodies):
    """The caption and the rows of a table with these bodies, each a list of rows."""
    shown = "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies)
    table = (
        f'<table class="ledger fitted"><caption>Rahoitus</caption><thead>{row(HEAD, "th")}</thead>'
        f"{shown}</table>"
    )
    root = ElementTree.fromstring(f"<body>{table}</body>")  # noqa: S314
    say_unknown_columns_once(root)
    rows = [["".join(cell.itertext()) for cell in each] for each in root.iter("tr")]
    return "".join(next(root.iter("caption")).itertext()), rows


def test_an_unknown_column_is_left_out_and_named_in_the_caption():
    rows = [row([name, "1", UNKNOWN, UNKNOWN]) for name in "ABC"]
    assert printed(rows) == (
        "Rahoitus Ei tiedossa: 2017, 2018.",
        [["Lähde", "Summa"], ["A", "1"], ["B", "1"], ["C", "1"]],
    )


def test_a_column_with_one_known_cell_stays():
    rows = [row([name, "1", UNKNOWN, UNKNOWN]) for name in "ABC"] + [row(["D", "1", "2", UNKNOWN])]
    caption, shown = printed(rows)
    assert caption == "Rahoitus Ei tiedossa: 2018."
    assert shown[1] == ["A", "1", "ei tiedossa"]


def test_few_unknown_cells_stay():
    rows = [row([name, "1", UNKNOWN, UNKNOWN]) for name in "AB"]
    assert printed(rows)[1][1:] == [[name, "1", "ei tiedossa", "ei tiedossa"] for name in "AB"]


def test_a_table_keeps_its_names_and_a_column():
    rows = [row([name, UNKNOWN, UNKNOWN, UNKNOWN]) for name in "ABC"]
    assert printed(rows)[0] == "Rahoitus"


def test_what_a_group_does_not_know_is_said_at_its_heading():
    def group(name, *rows):
        return [f'<tr class="class"><th colspan="4">{name}</th></tr>', *rows]

    first = group("Vuosi 1", *[row([name, "1", UNKNOWN, UNKNOWN]) for name in "ABC"])
    second = group("Vuosi 2", *[row([name, "1", "2", UNKNOWN]) for name in "ABC"])
    caption, shown = printed(first, second)
    assert caption == "Rahoitus Ei tiedossa: 2018."
    assert shown[1:3] == [["Vuosi 1 Ei tiedossa: 2017."], ["A", "1", ""]]
    assert shown[5:7] == [["Vuosi 2"], ["A", "1", "2"]]


def test_other_words_than_unknown_stay():
    rows = [row([name, "1", '<em class="unknown">ei päätetty</em>', "2"]) for name in "ABC"]
    assert printed(rows)[1][1] == ["A", "1", "ei päätetty", "2"]
