"""Under which cap an invoice counts once a later decision has replaced the one that it names."""

from dataclasses import replace

import pytest

from financing.rules.authority import authorities_of, authority_of, cap_name, own_commitment, replaced_words
from financing.rules.liability_by_year import cap_usages
from financing.rules.limits import limits_of
from tests.support.seed_figures import SEED, commitment
from tests.support.spending_figures import invoice

# § 13 was replaced by § 20, whose caps are one for each kind of cost; § 30 stands beside them.
OLD = commitment(1000, commitment_id=1, covers_shared_costs=True, replaced_by=(2,))
OWN = commitment(1500, commitment_id=2, decision_id=2, decision="Kaupunginhallitus § 20", years="2018–2019")
SHARED = replace(OWN, commitment_id=3, covers_own_share=False, covers_shared_costs=True)
BESIDE = replace(
    OWN, commitment_id=4, decision_id=3, decision="Kaupunginhallitus § 30", covers_shared_costs=True
)
FIGURES = replace(SEED, commitments=(OWN, SHARED, BESIDE), replaced_commitments=(OLD,))


@pytest.mark.parametrize(
    ("row", "cap", "replaced"),
    [
        (invoice(1, commitment=2), OWN, None),
        (invoice(1, commitment=2, year=2019), OWN, None),
        (invoice(1, commitment=4, shared_cost=7), BESIDE, None),
        (invoice(1, commitment=1), OWN, OLD),
        (invoice(1, commitment=1, shared_cost=7), SHARED, OLD),
    ],
)
def test_an_invoice_counts_under_its_own_cap_or_that_of_the_decision_which_replaced_it(row, cap, replaced):
    found = authority_of(row, FIGURES)

    assert (found.cap, found.reason, found.replaced) == (cap, "", replaced)


@pytest.mark.parametrize(
    ("row", "figures", "reason"),
    [
        (invoice(1), FIGURES, "Laskulla ei ole valtuutusta."),
        (invoice(1, commitment=99), FIGURES, "Valtuutus (lautakunta § 1) ei ole voimassa."),
        (
            invoice(1, commitment=2, year=2020),
            FIGURES,
            "Valtuutus (kaupunginhallitus § 20) on vuosille 2018–2019, lasku vuodelle 2020.",
        ),
        (
            invoice(1, commitment=1, year=2017),
            replace(FIGURES, commitments=(OWN, BESIDE)),
            "Valtuutus (kaupunginhallitus § 13) on korvattu. "
            "Valtuutus (kaupunginhallitus § 20) on vuosille 2018–2019, lasku vuodelle 2017.",
        ),
        (
            invoice(1, commitment=1, shared_cost=7),
            replace(FIGURES, commitments=(OWN, BESIDE)),
            "Valtuutus (kaupunginhallitus § 13) on korvattu. "
            "Valtuutus (kaupunginhallitus § 20) ei kata yhteisiä kustannuksia.",
        ),
        # § 20 covers the own funding by one of its caps, so that the other one's kind is no reason.
        (
            invoice(1, commitment=1, year=2017),
            FIGURES,
            "Valtuutus (kaupunginhallitus § 13) on korvattu. "
            "Valtuutus (kaupunginhallitus § 20) on vuosille 2018–2019, lasku vuodelle 2017.",
        ),
        # Decisions that amend each other leave nothing in force.
        (
            invoice(1, commitment=1),
            replace(FIGURES, commitments=(BESIDE,)),
            "Valtuutus (kaupunginhallitus § 13) ei ole voimassa.",
        ),
    ],
)
def test_what_the_new_decision_does_not_cover_is_outside_every_cap_and_says_why(row, figures, reason):
    found = authority_of(row, figures, "Lautakunta § 1")

    assert (found.cap, found.reason, found.replaced) == (None, reason, None)


def test_of_two_caps_of_the_new_decision_the_one_that_draws_on_the_same_money_counts():
    old = replace(OLD, appropriation_name="Hankkeet")
    first, same = (
        replace(OWN, commitment_id=number, appropriation_name=name)
        for number, name in ((2, ""), (5, "Hankkeet"))
    )
    figures = replace(FIGURES, commitments=(first, same), replaced_commitments=(old,))

    assert authority_of(invoice(1, commitment=1), figures).cap == same


def test_an_invoice_names_its_commitment_whether_it_is_in_force_or_replaced():
    assert own_commitment(invoice(1, commitment=1), FIGURES) == OLD
    assert own_commitment(invoice(1, commitment=2), FIGURES) == OWN
    assert own_commitment(invoice(1, commitment=99), FIGURES) is None
    assert own_commitment(invoice(1), FIGURES) is None


def test_a_cap_names_every_authority_that_it_took_over_once():
    older = replace(OLD, commitment_id=8, decision="Kaupunginhallitus § 7")
    figures = replace(FIGURES, replaced_commitments=(OLD, older))
    under = {number: authority_of(invoice(1, commitment=number), figures) for number in (1, 2, 8)}

    assert replaced_words([under[2]]) == ""
    assert replaced_words([under[2], under[1], under[1]]) == (
        "Mukana ovat myös valtuutuksen (kaupunginhallitus § 13) laskut: tämä päätös korvasi sen, "
        "ja enimmäismäärä koskee molempia."
    )
    assert replaced_words([under[8], under[1]]) == (
        "Mukana ovat myös valtuutusten (kaupunginhallitus § 7; kaupunginhallitus § 13) laskut: "
        "tämä päätös korvasi ne, ja enimmäismäärä koskee kaikkia."
    )


@pytest.mark.parametrize(
    ("caps", "names"),
    [
        ((OWN, BESIDE), ["Kaupunginhallitus § 20", "Kaupunginhallitus § 30"]),
        (
            (OWN, SHARED),
            ["Kaupunginhallitus § 20 (omarahoitus)", "Kaupunginhallitus § 20 (yhteiset kustannukset)"],
        ),
        (
            (
                OWN,
                replace(OWN, commitment_id=5, last_year=2018),
                replace(OWN, commitment_id=6, covers_shared_costs=True),
            ),
            [
                "Kaupunginhallitus § 20 (omarahoitus, 2018–2019)",
                "Kaupunginhallitus § 20 (omarahoitus, 2018)",
                "Kaupunginhallitus § 20 (omarahoitus ja yhteiset kustannukset, 2018–2019)",
            ],
        ),
    ],
)
def test_caps_of_one_decision_are_called_by_what_sets_them_apart(caps, names):
    figures = replace(FIGURES, commitments=caps)

    assert [cap_name(cap, figures) for cap in caps] == names
    # The years of what is used of a cap stand beside its name.
    years = f", {caps[0].years})", f", {caps[1].years})"
    beside = [name.replace(years[0], ")").replace(years[1], ")") for name in names]
    assert [use.name for use in cap_usages(figures)] == [*beside, ""]
    assert [use.years for use in cap_usages(figures)] == [*(cap.years for cap in caps), ""]
    assert (
        limits_of(invoice(1, commitment=2), figures, ())[0].name
        == f"Valtuutus, k{names[0].removeprefix('K')}"
    )


def test_rows_that_are_asked_together_are_told_what_each_is_told_alone():
    rows = [
        invoice(cost, year=year, commitment=number, **kind)
        for cost in (1, 2)
        for year in (2017, 2018)
        for number in (1, 2, 3, 99)
        for kind in ({}, {"shared_cost": 7})
    ]

    assert authorities_of(rows, FIGURES) == [authority_of(row, FIGURES) for row in rows]
