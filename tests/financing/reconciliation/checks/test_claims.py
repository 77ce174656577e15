from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import ClaimStatus
from financing.reconciliation.checks.claims import claims_unbroken
from financing.reconciliation.run import reconcile
from financing.rules.figures.spending import ClaimFigures
from tests.financing.reconciliation.checks.cases import ERROR, PASSED, UNKNOWN, numbers, said
from tests.support.seed_figures import SEED

START = date(2017, 4, 1)


def claim(number, first_day, last_day):
    return ClaimFigures(number, number, first_day, last_day, ClaimStatus.DRAFT, "valmistelussa")


FIRST = claim(1, START, date(2017, 12, 31))


def checked(*claims, start=START):
    return claims_unbroken(replace(SEED, starts_on=start, claims=claims))


def periods(*claims, start=START):
    return [said(found) for found in checked(*claims, start=start)]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], [(UNKNOWN, "Maksatushakemuksia ei ole kirjattu.")]),
        ([FIRST], [(PASSED, "Maksatuskausi alkaa hankkeen alusta: 1.4.2017–31.12.2017.")]),
        (
            [claim(2, date(2018, 1, 1), date(2018, 6, 30)), FIRST],
            [(PASSED, "Maksatuskaudet jatkuvat katkotta hankkeen alusta: 1.4.2017–30.6.2018.")],
        ),
        (
            [FIRST, claim(2, date(2018, 2, 1), date(2018, 6, 30))],
            [(ERROR, "Kausi 2 alkaa 1.2.2018, edellinen päättyi 31.12.2017: väliin jää 31 päivää.")],
        ),
        (
            [FIRST, claim(2, date(2018, 1, 2), date(2018, 6, 30))],
            [(ERROR, "Kausi 2 alkaa 2.1.2018, edellinen päättyi 31.12.2017: väliin jää 1 päivä.")],
        ),
        (
            [FIRST, claim(2, date(2017, 12, 31), date(2018, 6, 30))],
            [(ERROR, "Kausi 2 alkaa 31.12.2017, edellinen päättyi 31.12.2017: päällekkäin on 1 päivä.")],
        ),
        (
            [FIRST, claim(2, date(2017, 5, 1), date(2017, 5, 31))],
            [(ERROR, "Kausi 2 alkaa 1.5.2017, edellinen päättyi 31.12.2017: päällekkäin on 31 päivää.")],
        ),
        (
            [FIRST, claim(2, date(2017, 1, 1), date(2017, 3, 31))],
            [(ERROR, "Kausi 2 alkaa 1.1.2017, ennen kuin edellinen alkoi 1.4.2017.")],
        ),
        (
            [claim(1, date(2017, 5, 1), date(2017, 12, 31))],
            [(ERROR, "Kausi 1 alkaa 1.5.2017, hanke alkoi 1.4.2017: väliin jää 30 päivää.")],
        ),
        (
            [claim(1, date(2017, 3, 31), date(2017, 12, 31))],
            [(ERROR, "Kausi 1 alkaa 31.3.2017, päivää ennen hankkeen alkua 1.4.2017.")],
        ),
        (
            [FIRST, claim(3, date(2018, 1, 1), date(2018, 6, 30))],
            [(ERROR, "Ennen maksatushakemusta 3 pitäisi olla maksatushakemus 2.")],
        ),
        (
            [claim(3, START, date(2017, 12, 31))],
            [(ERROR, "Ennen maksatushakemusta 3 pitäisi olla maksatushakemukset 1–2.")],
        ),
        (
            [
                claim(2, date(2017, 5, 1), date(2017, 12, 31)),
                claim(3, date(2018, 2, 1), date(2018, 6, 30)),
                claim(4, date(2018, 6, 30), date(2018, 12, 31)),
            ],
            [
                (ERROR, "Ennen maksatushakemusta 2 pitäisi olla maksatushakemus 1."),
                (ERROR, "Kausi 2 alkaa 1.5.2017, hanke alkoi 1.4.2017: väliin jää 30 päivää."),
                (ERROR, "Kausi 3 alkaa 1.2.2018, edellinen päättyi 31.12.2017: väliin jää 31 päivää."),
                (ERROR, "Kausi 4 alkaa 30.6.2018, edellinen päättyi 30.6.2018: päällekkäin on 1 päivä."),
            ],
        ),
    ],
)
def test_r15_the_periods_form_a_chain_from_the_start(claims, expected):
    assert periods(*claims) == expected


def test_r15_without_a_start_only_the_steps_are_checked():
    assert periods(FIRST, start=None) == [(UNKNOWN, "Hankkeen alkamispäivä ei ole tiedossa.")]
    assert periods(FIRST, claim(2, date(2018, 2, 1), date(2018, 6, 30)), start=None) == [
        (UNKNOWN, "Hankkeen alkamispäivä ei ole tiedossa."),
        (ERROR, "Kausi 2 alkaa 1.2.2018, edellinen päättyi 31.12.2017: väliin jää 31 päivää."),
    ]


def test_r15_says_both_days_and_their_difference():
    late = claim(2, date(2018, 2, 1), date(2018, 6, 30))

    (found,) = checked(FIRST, late)
    (agrees,) = checked(FIRST)

    assert numbers(found) == ["1.2.2018", "1.1.2018", "31 päivää"]
    assert numbers(agrees) == ["1.4.2017", "1.4.2017", "0 päivää"]


def test_r15_each_break_has_a_key_of_its_own():
    broken = [claim(number, date(2017, 4, number), date(2018, 4, number)) for number in (2, 4, 7)]

    found = [each for each in reconcile(replace(SEED, claims=tuple(broken))) if each.code == "R15"]

    assert len(found) == len({each.key for each in found}) == len({each.anchor for each in found}) == 6


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12), st.data())
def test_r15_a_chain_passes_until_one_day_of_it_is_moved(lengths, data):
    ends = list(accumulate(lengths, lambda day, length: day + timedelta(days=length), initial=START))
    chain = [
        claim(number, first, after - timedelta(days=1))
        for number, (first, after) in enumerate(pairwise(ends), start=1)
    ]
    moved = data.draw(st.integers(0, len(chain) - 1))
    days = data.draw(st.integers(1, 30))
    late = claim(chain[moved].number, chain[moved].first_day + timedelta(days=days), date(2199, 12, 31))

    assert [level for level, _sentence in periods(*chain)] == [PASSED]
    broken = periods(*chain[:moved], late, *chain[moved + 1 :])
    assert (ERROR, f"väliin jää {days} {'päivä' if days == 1 else 'päivää'}.") in [
        (level, sentence.partition(": ")[2]) for level, sentence in broken
    ]
