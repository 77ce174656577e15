from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

NBSP = "\u00a0"
UNKNOWN = '<em class="unknown">ei tiedossa</em>'


def shown(filters, value):
    return Template(f"{{{{ value|{filters} }}}}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("filters", "value", "expected"),
    [
        ("euros", Decimal(59953), f"59{NBSP}953{NBSP}€"),
        ("euros", Decimal(0), f"0{NBSP}€"),
        ("amount", Decimal("2991.50"), f"2{NBSP}991,50"),
        ("signed", Decimal(2), "+2"),
        ("signed", Decimal(-2), "−2"),
        ("signed_euros", Decimal(2), f"+2{NBSP}€"),
        ("percent", Decimal("18.900"), f"18,9{NBSP}%"),
        ("percent:1", Decimal(105), f"105,0{NBSP}%"),
        ("stated_share", Decimal(0), f"0{NBSP}%"),
        ("stated_share:1", Decimal(105), f"105,0{NBSP}%"),
        ("points:1", Decimal(5), f"+5,0{NBSP}%-yks."),
        ("progress", Decimal("99.96"), f"99,9{NBSP}%"),
        ("day", date(2017, 4, 1), "1.4.2017"),
        ("known", "S12345", "S12345"),
    ],
)
def test_a_known_value_is_shown(filters, value, expected):
    assert shown(filters, value) == expected


@pytest.mark.parametrize(
    "filters",
    ["euros", "amount", "signed", "signed_euros", "percent", "percent:1", "points", "progress", "day"],
)
def test_an_unknown_value_is_never_shown_as_zero(filters):
    assert shown(filters, None) == UNKNOWN


def test_a_share_that_is_not_stated_is_called_so():
    assert shown("stated_share", None) == '<em class="unknown">ei ilmoitettu</em>'


def test_an_empty_text_is_unknown():
    assert shown("known", "") == UNKNOWN


def test_a_text_is_escaped():
    assert shown("known", "<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("name", "missing"),
    [("amount", "ei tiedossa"), ("decided_amount", "ei päätetty"), ("paid_amount", "ei vielä")],
)
def test_an_amount_is_called_by_what_is_missing(name, missing):
    assert shown(name, None) == f'<em class="unknown">{missing}</em>'
    assert shown(name, Decimal(0)) == "0"
    assert shown(name, Decimal("2991.50")) == f"2{NBSP}991,50"


def test_a_row_of_cells_has_each_amount_and_may_have_a_rule_before_the_first():
    assert shown("cells", [Decimal(1500), None]) == (
        f'<td class="number">1{NBSP}500</td><td class="number"><em class="unknown">ei tiedossa</em></td>'
    )
    assert shown('cells:"rule"', [Decimal("2.5"), Decimal(0)]) == (
        '<td class="number rule">2,50</td><td class="number">0</td>'
    )
    assert shown("cells", []) == ""


def test_what_people_typed_stays_escaped_while_figures_are_not_escaped_twice():
    template = Template("{{ text|known }} {{ amount|euros }}")

    assert template.render(Context({"text": "<b>", "amount": Decimal(2)})) == f"&lt;b&gt; 2{NBSP}€"
