"""What is stored and shown for each member, and what follows from a member."""

from itertools import chain

import pytest

from financing.choices import (
    BEFORE_PAID,
    COVER_OTHERS,
    DECIDED_ON,
    DEDUCTED,
    INVOICED,
    NOT_INVOICED,
    OPEN,
    SPENT,
    ClaimStatus,
    CostCategory,
    InvoiceStatus,
    PlanStatus,
    SharingKey,
    SourceClass,
)

WORDS = {
    SourceClass: {
        "1_eu_state": "EU ja valtio",
        "2_municipal": "Kuntarahoitus",
        "3_other_public": "Muu julkinen rahoitus",
        "4_private": "Yksityinen rahoitus",
    },
    PlanStatus: {"draft": "luonnos", "approved": "hyväksytty", "superseded": "korvattu"},
    CostCategory: {
        "0_not_broken_down": "ei eritelty",
        "1_staff": "palkkakustannukset",
        "2_services": "ostopalvelut",
        "3_travel": "matkakustannukset",
        "4_equipment": "laitteet",
        "5_other": "muut kustannukset",
        "6_flat_rate": "prosenttimääräiset kustannukset",
        "7_lump_sum": "kertakorvaus",
        "9_revenue": "tulot",
    },
    SharingKey: {
        "equal": "tasan",
        "population": "asukasluvun mukaan",
        "percent": "prosentein",
        "per_inhabitant": "euroina asukasta kohti",
    },
    InvoiceStatus: {
        "1_received": "saapunut",
        "2_checked": "tarkastettu",
        "3_approved": "hyväksytty",
        "4_paid": "maksettu",
        "5_rejected": "hylätty",
    },
    ClaimStatus: {
        "1_draft": "valmistelussa",
        "2_submitted": "lähetetty",
        "3_decided": "päätetty",
        "4_paid": "maksettu",
    },
}


@pytest.mark.parametrize("choices", WORDS, ids=lambda choices: choices.__name__)
def test_stored_values_and_words_in_their_order(choices):
    assert [(value, str(label)) for value, label in choices.choices] == list(WORDS[choices].items())


@pytest.mark.parametrize("member", list(chain.from_iterable(WORDS)), ids=str)
def test_a_member_equals_its_stored_value_also_as_a_key(member):
    assert member == member.value
    assert {member.value: 1}[member] == 1


@pytest.mark.parametrize(
    ("group", "values"),
    [
        (DEDUCTED, ["9_revenue"]),
        (COVER_OTHERS, ["6_flat_rate", "7_lump_sum"]),
        (NOT_INVOICED, ["6_flat_rate", "7_lump_sum", "9_revenue"]),
        (OPEN, ["1_received", "2_checked"]),
        (SPENT, ["3_approved", "4_paid"]),
        (INVOICED, ["1_received", "2_checked", "3_approved", "4_paid"]),
        (DECIDED_ON, ["3_decided", "4_paid"]),
        (BEFORE_PAID, ["1_draft", "2_submitted", "3_decided"]),
    ],
)
def test_groups_of_members(group, values):
    assert [member.value for member in group] == values
