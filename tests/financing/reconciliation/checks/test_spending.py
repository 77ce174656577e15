from dataclasses import replace
from decimal import Decimal

import pytest

from financing.choices import InvoiceStatus, PlanStatus
from financing.reconciliation.checks.spending import invoices_within_limits, needs_within_appropriations
from financing.reconciliation.run import reconcile
from financing.rules.figures.commitments import AppropriationFigures, OtherNeeds
from mikrogrow.values.money import NBSP
from tests.financing.reconciliation.checks.cases import ERROR, PASSED, UNKNOWN, WARNING, numbers, said
from tests.support.seed_figures import OWN, SEED, commitment, euros, line, shared
from tests.support.spending_figures import divided_plan, invoice

BOTH = commitment(
    5000,
    years="2017–2018",
    commitment_id=1,
    covers_shared_costs=True,
    appropriation="Hankkeet",
    appropriation_name="Hankkeet",
)


def project(**fields):
    """A project of two years whose own funding of 200 € is placed in them."""
    values = {
        "ends_on": SEED.ends_on.replace(year=2018),
        "plans": (divided_plan(),),
        "shared_costs": (),
        "commitments": (BOTH,),
        **fields,
    }
    return replace(SEED, **values)


def appropriation(amount, year=None, name="Hankkeet"):
    return AppropriationFigures(name, year, euros(amount))


def needs(figures):
    return [said(found) for found in needs_within_appropriations(figures)]


def within(*invoices, **fields):
    figures = project(invoices=invoices, **fields)
    return [said(found) for found in invoices_within_limits(figures)]


# R13


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [appropriation(80, 2017), appropriation(120, 2018)],
            [
                (PASSED, "2017: tarve 80 € mahtuu määrärahaan 80 €."),
                (PASSED, "2018: tarve 120 € mahtuu määrärahaan 120 €."),
            ],
        ),
        (
            [appropriation("79.99", 2017), appropriation(100, 2018)],
            [
                (ERROR, "2017: tarve 80 € – määräraha 79,99 € = 0,01 € liikaa."),
                (ERROR, "2018: tarve 120 € – määräraha 100 € = 20 € liikaa."),
            ],
        ),
        (
            [appropriation(80, 2017), appropriation(None, 2018)],
            [
                (PASSED, "2017: tarve 80 € mahtuu määrärahaan 80 €."),
                (UNKNOWN, "Määrärahan summa ei ole tiedossa: Hankkeet 2018."),
            ],
        ),
        (
            [appropriation(80, 2017)],
            [
                (PASSED, "2017: tarve 80 € mahtuu määrärahaan 80 €."),
                (UNKNOWN, "Määrärahaa ei ole kirjattu vuodelle 2018."),
            ],
        ),
        ([], [(UNKNOWN, "Määrärahaa ei ole kirjattu vuosille 2017 ja 2018.")]),
        ([appropriation(200)], [(PASSED, "Hankkeet: tarve 200 € mahtuu määrärahaan 200 €.")]),
        ([appropriation(199)], [(ERROR, "Hankkeet: tarve 200 € – määräraha 199 € = 1 € liikaa.")]),
        ([appropriation(None)], [(UNKNOWN, "Määrärahan summa ei ole tiedossa: Hankkeet.")]),
    ],
)
def test_r13_each_years_need_is_within_its_appropriation(rows, expected):
    assert needs(project(appropriations=tuple(rows))) == expected


def test_r13_shared_costs_need_money_where_the_commitment_covers_them():
    rows = (appropriation(90, 2017), appropriation(120, 2018))
    covered = project(appropriations=rows, shared_costs=(shared(10, 2017), shared(1, 2018)))
    own_only = replace(covered, commitments=(replace(BOTH, covers_shared_costs=False),))

    assert needs(covered) == [
        (PASSED, "2017: tarve 90 € mahtuu määrärahaan 90 €."),
        (ERROR, "2018: tarve 121 € – määräraha 120 € = 1 € liikaa."),
    ]
    assert needs(own_only) == [
        (PASSED, "2017: tarve 80 € mahtuu määrärahaan 90 €."),
        (PASSED, "2018: tarve 120 € mahtuu määrärahaan 120 €."),
    ]


@pytest.mark.parametrize(
    ("reserved", "expected"),
    [
        # What has no year yet may fall due in any, so only 130 € is enough for 2018 in every case.
        (130, (PASSED, "2018: tarve 120 € mahtuu määrärahaan 130 €.")),
        (129, (UNKNOWN, "2018: tarve ei ole kokonaan tiedossa, vähintään 120 €.")),
        (119, (ERROR, "2018: tarve 120 € – määräraha 119 € = 1 € liikaa.")),
    ],
)
def test_r13_what_has_no_year_may_fall_due_in_any(reserved, expected):
    rows = (appropriation(500, 2017), appropriation(reserved, 2018))

    assert needs(project(appropriations=rows, shared_costs=(shared(10),)))[1] == expected


def test_r13_an_unknown_own_funding_is_no_need_of_zero():
    unknown_share = replace(divided_plan(), lines=(line(None, None, OWN),))

    assert needs(project(plans=(unknown_share,), appropriations=(appropriation(500),))) == [
        (UNKNOWN, "Hankkeet: tarve ei ole kokonaan tiedossa, vähintään 0 €.")
    ]


@pytest.mark.parametrize(
    ("committed", "others", "expected"),
    [
        (0, None, (PASSED, "2018: tarve 120 € mahtuu määrärahaan 150 €.")),
        (30, None, (PASSED, "2018: tarve 120 € mahtuu määrärahaan: siitä on vapaana 120 €.")),
        # 120 - (150 - 31) = 1
        (31, None, (ERROR, "2018: tarve 120 € – määrärahasta vapaana 119 € = 1 € liikaa.")),
        (
            None,
            None,
            (UNKNOWN, "2018: tarve 120 €, mutta ei ole tiedossa, mitä muuta määrärahasta on sidottu."),
        ),
        (0, (30, 30), (PASSED, "2018: kaikkien hankkeiden tarve 150 € mahtuu määrärahaan 150 €.")),
        (0, (31, 31), (ERROR, "2018: kaikkien hankkeiden tarve 151 € – määräraha 150 € = 1 € liikaa.")),
        # An error whatever else is committed.
        (None, (31, 31), (ERROR, "2018: kaikkien hankkeiden tarve 151 € – määräraha 150 € = 1 € liikaa.")),
        # 120 + 20 is known and fits; 120 + 31 may fall due in the year and does not.
        (
            0,
            (20, 31),
            (UNKNOWN, "2018: kaikkien hankkeiden tarve ei ole kokonaan tiedossa, vähintään 140 €."),
        ),
        (
            0,
            (20, None),
            (UNKNOWN, "2018: kaikkien hankkeiden tarve ei ole kokonaan tiedossa, vähintään 140 €."),
        ),
        # 120 + 20 - (150 - 20) = 10
        (
            20,
            (20, 20),
            (ERROR, "2018: kaikkien hankkeiden tarve 140 € – määrärahasta vapaana 130 € = 10 € liikaa."),
        ),
    ],
)
def test_r13_all_projects_together_need_no_more_than_is_left(committed, others, expected):
    reserved = replace(appropriation(150, 2018), committed=euros(committed))
    needs_of_others = {}
    if others is not None:
        needs_of_others["Hankkeet", 2018] = OtherNeeds(2, euros(others[0]), euros(others[1]))

    found = needs(project(appropriations=(appropriation(80, 2017), reserved), other_needs=needs_of_others))

    assert found == [(PASSED, "2017: tarve 80 € mahtuu määrärahaan 80 €."), expected]


def test_r13_says_what_comes_from_the_project_and_what_from_others():
    reserved = replace(appropriation(150, 2018), committed=euros(20))
    figures = project(
        appropriations=(appropriation(80, 2017), reserved),
        other_needs={("Hankkeet", 2018): OtherNeeds(2, euros(20), euros(20))},
    )

    found = needs_within_appropriations(figures)[1]

    assert numbers(found) == ["140 €", "130 €", "+10 €"]
    assert found.reason.replace(NBSP, " ") == (
        "Tästä hankkeesta 120 €, muista 20 €. Määräraha on 150 €, josta muuta on sidottu 20 €."
    )


@pytest.mark.parametrize(
    ("amounts", "in_all"),
    [
        ((100, 100), (PASSED, "kaikki vuodet, Hankkeet: tarve 200 € mahtuu määrärahaan 200 €.")),
        ((100, 99), (ERROR, "kaikki vuodet, Hankkeet: tarve 200 € – määräraha 199 € = 1 € liikaa.")),
    ],
)
def test_r13_a_need_without_years_is_unknown_in_each_year_and_known_in_all(amounts, in_all):
    undivided = replace(divided_plan(), lines=(line(200, None, OWN),))
    rows = tuple(appropriation(amount, year) for amount, year in zip(amounts, (2017, 2018), strict=True))

    assert needs(project(plans=(undivided,), appropriations=rows)) == [
        in_all,
        (UNKNOWN, "Tarvetta ei ole jaettu vuosittain: 2017 ja 2018."),
    ]


def test_r13_a_project_that_needs_nothing_is_not_said_to_fit():
    nothing = replace(divided_plan(), lines=(line(0, None, OWN),))

    assert needs(project(plans=(nothing,), appropriations=(appropriation(80, 2017),))) == [
        (UNKNOWN, "Hankkeella ei ole tarvetta, joka maksettaisiin määrärahasta.")
    ]


def test_r13_tells_appropriations_of_different_names_apart():
    shared_cap = replace(
        BOTH, commitment_id=2, covers_own_share=False, appropriation_name="Yhteiset", appropriation="Yhteiset"
    )
    figures = project(
        commitments=(replace(BOTH, covers_shared_costs=False), shared_cap),
        shared_costs=(shared(10, 2018),),
        appropriations=(appropriation(200), appropriation(9, 2018, "Yhteiset")),
    )

    assert needs(figures) == [
        (ERROR, "Yhteiset 2018: tarve 10 € – määräraha 9 € = 1 € liikaa."),
        (PASSED, "Hankkeet: tarve 200 € mahtuu määrärahaan 200 €."),
    ]


def test_r13_without_a_cap_or_an_appropriation_nothing_can_be_checked():
    assert needs(project(commitments=())) == [(UNKNOWN, "Valtuutus ei ole tiedossa.")]
    assert needs(project(commitments=(commitment(200),))) == [
        (UNKNOWN, "Valtuutukselle ei ole kirjattu määrärahaa.")
    ]


def test_r13_says_both_numbers_and_tells_years_apart():
    rows = (appropriation(79, 2017), appropriation(100, 2018))
    found = needs_within_appropriations(project(appropriations=rows))

    assert [numbers(each) for each in found] == [["80 €", "79 €", "+1 €"], ["120 €", "100 €", "+20 €"]]
    assert [each.detail for each in found] == ["2017", "2018"]


@pytest.mark.parametrize(
    ("invoices", "expected"),
    [
        ([invoice(750, commitment=1)], []),
        (
            [invoice(900, commitment=1)],
            [
                (
                    ERROR,
                    "Hankkeet 2018: kaupungin osuus hyväksytyistä laskuista 180 € – määräraha 150 € "
                    "= 30 € liikaa.",
                )
            ],
        ),
        (
            [invoice(500, commitment=1), invoice(400, InvoiceStatus.CHECKED, commitment=1)],
            [
                (
                    WARNING,
                    "Hankkeet 2018: kaupungin osuus laskuista 180 € – määräraha 150 € = 30 € liikaa.",
                )
            ],
        ),
        (
            [invoice(900, commitment=1), invoice(-400, InvoiceStatus.CHECKED, commitment=1)],
            [
                (
                    ERROR,
                    "Hankkeet 2018: kaupungin osuus hyväksytyistä laskuista 180 € – määräraha 150 € "
                    "= 30 € liikaa.",
                )
            ],
        ),
        ([invoice(900, InvoiceStatus.REJECTED, commitment=1)], []),
        ([invoice(900)], []),
    ],
    ids=["just within", "approved", "waiting", "waiting credit", "rejected", "without an authority"],
)
def test_r13_what_this_project_s_invoices_take_is_within_each_appropriation(invoices, expected):
    rows = (appropriation(80, 2017), appropriation(150, 2018))

    assert needs(project(appropriations=rows, invoices=tuple(invoices)))[2:] == expected


def others(invoiced, approved):
    """What two other projects have used of this year's, of which they need nothing more."""
    used = {
        name: None if amount is None else euros(amount)
        for name, amount in (("invoiced", invoiced), ("approved", approved))
    }
    return {("Hankkeet", 2018): OtherNeeds(2, euros(0), euros(0), **used)}


@pytest.mark.parametrize(
    ("given", "committed", "expected"),
    [
        (others(50, 50), 0, []),
        (
            others("50.01", 50),
            0,
            [
                (
                    WARNING,
                    "Hankkeet 2018: kaupungin osuus kaikkien hankkeiden laskuista 150,01 € – määräraha 150 € "
                    "= 0,01 € liikaa.",
                )
            ],
        ),
        (
            others(80, 60),
            0,
            [
                (
                    ERROR,
                    "Hankkeet 2018: kaupungin osuus kaikkien hankkeiden hyväksytyistä laskuista 160 € "
                    "– määräraha 150 € = 10 € liikaa.",
                )
            ],
        ),
        (
            others(50, 50),
            30,
            [
                (
                    ERROR,
                    "Hankkeet 2018: kaupungin osuus kaikkien hankkeiden hyväksytyistä laskuista 150 € "
                    "– määrärahasta vapaana 120 € = 30 € liikaa.",
                )
            ],
        ),
        # Of the others nobody knows: that this project alone exceeds it is known all the same.
        (others(None, None), 0, []),
        (
            others(None, None),
            60,
            [
                (
                    ERROR,
                    "Hankkeet 2018: kaupungin osuus hyväksytyistä laskuista 100 € "
                    "– määrärahasta vapaana 90 € = 10 € liikaa.",
                )
            ],
        ),
    ],
    ids=["just within", "waiting", "approved", "committed elsewhere", "unknown", "this one alone"],
)
def test_r13_what_all_projects_invoices_take_is_within_each_appropriation(given, committed, expected):
    reserved = replace(appropriation(150, 2018), committed=euros(committed))
    found = needs(
        project(appropriations=(reserved,), invoices=(invoice(500, commitment=1),), other_needs=given)
    )

    assert [row for row in found if "kaupungin osuus" in row[1]] == expected


def test_r13_what_others_overdraw_is_told_where_nobody_knows_what_this_project_used():
    reserved = appropriation(50, 2018)
    found = needs(project(appropriations=(reserved,), other_needs=others(60, 60), is_over=True))

    assert [row for row in found if "kaupungin osuus" in row[1]] == [
        (
            ERROR,
            "Hankkeet 2018: kaupungin osuus kaikkien hankkeiden hyväksytyistä laskuista 60 € "
            "– määräraha 50 € = 10 € liikaa.",
        )
    ]


def test_r13_an_appropriation_of_unknown_amount_is_not_called_overdrawn():
    rows = (appropriation(None),)

    assert needs(project(appropriations=rows, invoices=(invoice(900, commitment=1),))) == [
        (UNKNOWN, "Määrärahan summa ei ole tiedossa: Hankkeet.")
    ]


# R14


def test_r14_without_invoices_nothing_can_be_checked():
    assert within() == within(invoice(1, InvoiceStatus.REJECTED)) == [(UNKNOWN, "Laskuja ei ole kirjattu.")]


def test_r14_invoices_within_every_limit_pass_limit_by_limit():
    found = within(invoice(100, commitment=1), invoice(50, InvoiceStatus.RECEIVED, commitment=1))

    assert found == [
        (
            PASSED,
            "Valtuutus, kaupunginhallitus § 13: laskutettu 30 €, josta hyväksytty 20 €, enintään 5 000 €.",
        ),
        (PASSED, "Vuoden 2018 kustannukset: laskutettu 150 €, josta hyväksytty 100 €, enintään 570 €."),
        (PASSED, "Kustannuslaji ostopalvelut: laskutettu 150 €, josta hyväksytty 100 €, enintään 700 €."),
    ]


def test_r14_what_is_approved_over_a_limit_is_an_error_and_what_waits_a_warning():
    found = within(invoice(571, commitment=1), invoice(200, InvoiceStatus.CHECKED, commitment=1))

    assert found[1:] == [
        (ERROR, "Vuoden 2018 kustannukset: hyväksytty 571 € – enintään 570 € = 1 € liikaa."),
        (WARNING, "Kustannuslaji ostopalvelut: laskutettu 771 € – enintään 700 € = 71 € liikaa."),
    ]


def test_r14_nothing_is_tolerated_and_exactly_the_limit_passes():
    assert within(invoice(570, commitment=1))[1][0] == PASSED
    assert within(invoice("570.01", commitment=1))[1] == (
        ERROR,
        "Vuoden 2018 kustannukset: hyväksytty 570,01 € – enintään 570 € = 0,01 € liikaa.",
    )


def test_r14_a_credit_note_brings_the_sum_back():
    assert [level for level, _sentence in within(invoice(600, commitment=1), invoice(-30, commitment=1))] == [
        PASSED,
        PASSED,
        PASSED,
    ]


def test_r14_shared_costs_are_held_to_their_plan_one_by_one():
    first, second = replace(shared(100), shared_cost_id=7), replace(shared(100), shared_cost_id=8)
    figures = project(
        shared_costs=(first, second),
        invoices=(invoice(120, shared_cost=7, commitment=1), invoice(80, shared_cost=8, commitment=1)),
    )

    found = invoices_within_limits(figures)

    assert [said(each) for each in found][1:] == [
        (ERROR, "Yhteinen kustannus, Savogrow: hyväksytty 120 € – enintään 100 € = 20 € liikaa."),
        (PASSED, "Yhteinen kustannus, Savogrow: laskutettu 80 €, josta hyväksytty 80 €, enintään 100 €."),
    ]
    assert [each.detail for each in found][1:] == [
        "Yhteinen kustannus, Savogrow",
        "Yhteinen kustannus, Savogrow (2)",
    ]
    assert len({each.anchor for each in reconcile(figures) if each.code == "R14"}) == 3


def test_r14_what_is_approved_outside_every_cap_is_said_where_nobody_knows_how_much_it_is():
    figures = project(plans=(replace(divided_plan(), lines=()),), invoices=(invoice(10),))

    assert said(invoices_within_limits(figures)[0]) == (
        UNKNOWN,
        "Valtuutusten ulkopuolella: Laskulla ei ole valtuutusta. "
        "Hyväksyttyä rahoitussuunnitelmaa, sen kustannuksia tai omarahoitusta ei ole tiedossa.",
    )


def test_r14_what_is_approved_outside_every_cap_is_an_error_and_what_waits_is_none():
    outside = invoice(10)

    assert within(outside)[0] == (
        ERROR,
        "Valtuutusten ulkopuolella: hyväksytty 2 € – enintään 0 € = 2 € liikaa.",
    )
    assert [level for level, _sentence in within(replace(outside, status=InvoiceStatus.RECEIVED))] == [
        PASSED,
        PASSED,
    ]


def test_r14_holds_what_a_replaced_decision_paid_to_the_new_cap_once():
    old = replace(BOTH, replaced_by=(2,))
    new = replace(BOTH, max_amount=Decimal(100), commitment_id=2, decision_id=2, decision="Lautakunta § 20")
    figures = project(
        commitments=(new,),
        replaced_commitments=(old,),
        invoices=(
            invoice(300, commitment=1),
            invoice(150, InvoiceStatus.PAID, commitment=2),
            invoice(75, InvoiceStatus.CHECKED, commitment=1),
        ),
    )
    note = (
        "Mukana ovat myös valtuutuksen (kaupunginhallitus § 13) laskut: tämä päätös korvasi sen, "
        "ja enimmäismäärä koskee molempia."
    )

    within_cap = invoices_within_limits(figures)
    over = invoices_within_limits(replace(figures, commitments=(replace(new, max_amount=Decimal(89)),)))

    assert [said(each) for each in within_cap if each.detail.startswith("Valtuutu")] == [
        (WARNING, "Valtuutus, lautakunta § 20: laskutettu 105 € – enintään 100 € = 5 € liikaa.")
    ]
    assert within_cap[0].reason == f"{note} Hyväksytty on vasta 90 €."
    assert said(over[0]) == (
        ERROR,
        "Valtuutus, lautakunta § 20: hyväksytty 90 € – enintään 89 € = 1 € liikaa.",
    )
    assert over[0].reason == f"{note} Laskutettu on kaikkiaan 105 €."


def test_r14_a_limit_that_is_not_known_is_said():
    draft = replace(divided_plan(), status=PlanStatus.DRAFT)

    assert within(invoice(10, commitment=1), plans=(draft,))[1] == (
        UNKNOWN,
        "Vuoden 2018 kustannukset: Hyväksyttyä rahoitussuunnitelmaa ei ole.",
    )
    found = within(
        invoice(10, shared_cost=7, commitment=1), shared_costs=(replace(shared(None), shared_cost_id=7),)
    )
    assert found[1] == (UNKNOWN, "Yhteinen kustannus, Savogrow: Enimmäismäärä ei ole tiedossa.")


def test_r14_says_both_numbers():
    figures = project(invoices=(invoice(571, commitment=1),))
    found = invoices_within_limits(figures)

    assert numbers(found[1]) == ["571 €", "570 €", "+1 €"]
    assert found[1].left.value == Decimal(571)
