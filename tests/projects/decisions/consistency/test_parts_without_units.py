"""Parts of an amount whose unit only the amount says: 30 000 euroa, josta 10 000 vuonna 2024."""

import pytest

from projects.decisions.consistency.contradictions import contradictions_of

AGREEING = [
    "Avustus on 30 000 euroa, josta 10 000 vuonna 2024 ja 20 000 vuonna 2025.",
    "Avustus on 30 000 euroa, josta 10 000 vuonna 2024.",
    "Määrärahaan on varattu 50 000 euroa, josta on sidottu 20 000 ja jäljellä 30 000.",
    "Määrärahaan on varattu 50 000 euroa, josta on sidottu 20 000, käytetty 5 000 ja jäljellä 25 000.",
    "Määrärahasta 50 000 euroa on sidottu 20 000 euroa, josta 8 000 vuodelle 2024, jäljellä 30 000 euroa.",
    "Kulut ovat 80 000 euroa, joista palkkoihin 50 000 ja matkoihin 10 000. Loput ovat ostoja.",
    "Tuki on 30 000 euroa, josta kaupungin osuus 12 000 ja valtion osuus 18 000.",
    "Tuki on 30 000 euroa, josta 12 on mikroyrityksiä ja 40 000 asukkaan kunta saa puolet.",
    "Tuki on 30 000 euroa, josta lautakunta päätti vuonna 2024 (§ 40 000).",
]
CONTRADICTORY = [
    (
        "Avustus on 30 000 euroa, josta 10 000 vuonna 2024 ja 25 000 vuonna 2025.",
        ("years", 30000, 35000),
    ),
    (
        "Avustus on 30 000 euroa, josta vuonna 2024 10 000, vuonna 2025 12 000 ja vuonna 2026 9 000.",
        ("years", 30000, 31000),
    ),
    (
        "Määrärahaan on varattu 50 000 euroa, josta on sidottu 20 000 ja jäljellä 35 000.",
        ("appropriation", 35000, 30000),
    ),
    (
        "Kaupunki varaa 50 000 euroa, josta 20 000 on käytetty ja 33 500 on jäljellä.",
        ("appropriation", 33500, 30000),
    ),
    (
        "Kulut ovat 80 000 euroa, joista palkkoihin 50 000, matkoihin 10 000 ja ostopalveluihin 24 000.",
        ("list", 80000, 84000),
    ),
]


@pytest.mark.parametrize("text", AGREEING)
def test_parts_that_agree_with_their_amount_are_no_contradiction(text):
    assert contradictions_of(text) == []


@pytest.mark.parametrize(("text", "expected"), CONTRADICTORY)
def test_parts_that_make_another_amount_contradict_it(text, expected):
    (found,) = contradictions_of(text)

    assert (str(found.rule), found.left, found.right) == expected
