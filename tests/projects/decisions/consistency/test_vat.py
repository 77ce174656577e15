"""Prices with and without VAT: in sentences and tables, at every rate, and what only looks alike."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.money import round_half_up
from projects.decisions.consistency.contradictions import contradictions_of

CONTRADICTORY = {
    "net and tax are not gross": (
        "Veroton hinta on 80 000 euroa, arvonlisävero 20 400 euroa ja verollinen hinta 104 000 euroa.",
        ("vat", 104000, 100400),
    ),
    "net and tax are not what they are together": (
        "Hinta on 10 000 euroa (alv 0 %) ja arvonlisävero 2 550 euroa, yhteensä 12 650 euroa.",
        ("list", 12650, 12550),
    ),
    "25,5 % of net": (
        "Hinta on 10 000 euroa (alv 0 %), johon lisätään arvonlisävero 25,5 % eli 2 450 euroa.",
        ("vat", 2450, 2550),
    ),
    "24 % of a price to which it is added": (
        "Kokonaishinta on 50 000 euroa, johon lisätään arvonlisäveroa 24 %, 12 500 euroa.",
        ("vat", 12500, 12000),
    ),
    "10 %": (
        "Matkat maksavat 3 000 euroa (alv 0 %), arvonlisävero 10 % on 400 euroa.",
        ("vat", 400, 300),
    ),
    "14 %": (
        "Tarjoilu maksaa 2 000 euroa ilman arvonlisäveroa, alv 14 % 260 euroa.",
        ("vat", 260, 280),
    ),
    "13,5 %": (
        "Tarjoilun veroton hinta on 2 000 euroa ja arvonlisävero (13,5 %) 280 euroa.",
        ("vat", 280, 270),
    ),
    "a price that includes it": (
        "Hinta 12 550 euroa sisältää arvonlisäveron 25,5 %, 2 650 euroa.",
        ("vat", 2650, 2550),
    ),
    "a price that includes it, less what is net": (
        "Hinta on 12 550 euroa, joka sisältää arvonlisäveroa 2 550 euroa. Veroton hinta on 10 100 euroa.",
        ("vat", 12550, 12650),
    ),
    "taken out of gross": (
        "Hinta on 12 550 euroa (sis. alv 25,5 %), eli verottomana 10 200 euroa.",
        ("vat", 10200, 10000),
    ),
    "net and gross": (
        "Veroton hinta on 40 000 euroa ja verollinen hinta 51 200 euroa (alv 25,5 %).",
        ("vat", 51200, 50200),
    ),
    "gross and net": (
        "Hinta on 50 200 euroa (alv 25,5 %), ilman arvonlisäveroa 41 000 euroa.",
        ("vat", 41000, 40000),
    ),
    "alv 0 % and alv 24 %": (
        "Hankinnan arvo on 84 000 euroa (alv 0 %) ja 105 160 euroa (alv 24 %).",
        ("vat", 105160, 104160),
    ),
    "the rate of last year": (
        "Hankinnan arvo on 84 000 euroa (alv 0 %) ja 104 160 euroa (alv 25,5 %).",
        ("vat", 104160, 105420),
    ),
    "added twice": (
        "Hinta on 12 400 euroa sisältäen arvonlisäveron 24 %. Kun hintaan lisätään arvonlisävero 24 %, "
        "kustannus on 15 376 euroa.",
        ("vat", 15376, 12400),
    ),
    "a tax of the next sentence": (
        "Hankinnan arvo on 100 000 euroa (alv 0 %). Arvonlisävero on 25,5 % eli 24 500 euroa.",
        ("vat", 24500, 25500),
    ),
    "a gross price of the next sentence": (
        "Hankinnan arvo on 100 000 euroa ilman arvonlisäveroa. "
        "Arvonlisäverollinen hinta (alv 25,5 %) on 126 500 euroa.",
        ("vat", 126500, 125500),
    ),
    "plus": (
        "Urakan hinta on 200 000 euroa + alv 25,5 % eli 250 000 euroa.",
        ("vat", 250000, 251000),
    ),
    "a wrong tax and what it makes are one fault": (
        "Hinta on 10 000 euroa (alv 0 %) ja arvonlisävero 25,5 % 2 450 euroa, yhteensä 12 550 euroa.",
        ("vat", 2450, 2550),
    ),
    "a row of a table": (
        "Erä\teuroa\nPalvelu, alv 0 %\t10 000\nArvonlisävero 25,5 %\t2 650\nYhteensä\t12 650\n",
        ("vat", 2650, 2550),
    ),
    "the last row of a table": (
        "Erä\teuroa\nPalvelu, alv 0 %\t10 000\nArvonlisävero 25,5 %\t2 550\nVerollinen hinta\t12 650\n",
        ("column", 12650, 12550),
    ),
    "a column of taxes": (
        "Tarjoaja\tVeroton, €\tAlv 24 %, €\tVerollinen, €\nVene Oy\t10 000\t2 400\t12 400\n"
        "Lautta Oy\t20 000\t4 900\t24 900\nSilta Oy\t30 000\t7 200\t37 200\n",
        ("vat", 4900, 4800),
    ),
    "columns of prices": (
        "Tarjoaja       Hinta (alv 0 %) €    Hinta (alv 25,5 %) €\n"
        "Vene Oy             10 000             12 550\n"
        "Lautta Oy           20 000             25 200\n"
        "Silta Oy            30 000             37 650\n",
        ("vat", 25200, 25100),
    ),
}
AGREEING = {
    "a table in which something has no VAT": (
        "                  alv 0 %      alv 24 %     yhteensä\n"
        "Tarvikkeet      31 000,00     7 440,00    38 440,00 €\n"
        "Suunnittelu      1 900,00           –      1 900,00 €\n"
        "Rahana          32 900,00     7 440,00    40 340,00 €\n"
    ),
    "net, tax and gross": (
        "Veroton hinta on 80 000 euroa, arvonlisävero 20 400 euroa ja verollinen hinta 100 400 euroa."
    ),
    "cents": "Hinta on 33,33 euroa (alv 0 %) ja 41,83 euroa (alv 25,5 %).",
    "whole euros": (
        "Hinta on 1 999 euroa (alv 0 %), johon lisätään arvonlisävero 25,5 % eli 510 euroa, "
        "yhteensä 2 509 euroa."
    ),
    "about": "Hinta on noin 40 000 euroa (alv 0 %) eli noin 50 000 euroa (alv 25,5 %).",
    "two offers": "Tarjous A on 10 000 euroa (alv 0 %). Tarjous B on 12 000 euroa (sis. alv 25,5 %).",
    "two offers in one sentence": (
        "Vene Oy:n hinta on 10 000 euroa (alv 0 %) ja Lautta Oy:n 11 500 euroa (alv 25,5 %)."
    ),
    "the tax of two prices": (
        "Osa A maksaa 10 000 euroa (alv 0 %) ja osa B 20 000 euroa (alv 0 %). "
        "Arvonlisävero 25,5 % on 7 650 euroa."
    ),
    "a tax within its price": "Hinta on 12 400 euroa (sis. alv 24 %), josta veron osuus on 2 400 euroa.",
    "a tax that is paid back": (
        "Kustannukset ovat 50 000 euroa. Kaupunki saa palautuksena arvonlisäveroa 8 000 euroa."
    ),
    "the tax of some of the costs": "Kustannukset ovat 50 000 euroa. Arvonlisävero 25,5 % on 8 000 euroa.",
    "two rates": (
        "Majoitus maksaa 1 000 euroa ja alv 10 % 100 euroa, ateriat 1 000 euroa ja alv 14 % 140 euroa, "
        "yhteensä 2 240 euroa."
    ),
    "a rate of something else": (
        "Lippu maksaa 10 euroa (alv 0 %), veroineen 11,40 euroa. Kirjan alv on 25,5 %."
    ),
    "a rate that has changed": (
        "Arvonlisävero nousee 24 prosentista 25,5 prosenttiin. Hinta 10 000 euroa (alv 0 %) on nyt "
        "12 550 euroa ja oli aiemmin 12 400 euroa veroineen."
    ),
    "a price with additional work": (
        "Hinta on 10 000 euroa (alv 0 %), ja arvonlisäverollinen hinta lisätöineen on 13 500 euroa "
        "(alv 25,5 %)."
    ),
    "a threshold": "Kynnysarvo on 60 000 euroa (alv 0 %). Hinta on 62 750 euroa (alv 25,5 %).",
    "a reserve": "Hinta on 20 000 euroa + alv 25,5 %. Kaupunki varaa 25 500 euroa (alv 0 %).",
    "a table": "Erä\teuroa\nTyö\t10 000\nMatkat\t1 000\nAlv 25,5 %\t2 805\nVerollinen hinta\t13 805\n",
    "a table with a rate in each row": (
        "Tuote\tAlv 0 %\tSis. alv\nKertalippu 14 %\t2,81\t3,20\nKirja 10 %\t10,00\t11,00\n"
        "Kuppi 25,5 %\t10,00\t12,55\n"
    ),
    "a table whose prices are rounded": (
        "Tuote\tHinta alv 0 %, €\tHinta alv 24 %, €\nVene\t100\t125\nLautta\t200\t251\nSilta\t300\t377\n"
    ),
}


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_prices_that_do_not_fit_each_other_are_told_once(name):
    text, expected = CONTRADICTORY[name]

    (found,) = contradictions_of(text)

    assert (str(found.rule), found.left, found.right) == expected


@pytest.mark.parametrize("name", AGREEING)
def test_prices_of_which_any_reading_fits_are_no_contradiction(name):
    assert contradictions_of(AGREEING[name]) == []


@given(
    st.decimals(1, 900_000, places=2),
    st.sampled_from(["24", "25,5", "10", "14", "13,5"]),
    st.sampled_from(
        [
            "Hinta on {net} euroa (alv 0 %), johon lisätään arvonlisävero {rate} % eli {tax} euroa, jolloin "
            "verollinen hinta on {gross} euroa.",
            "Hinta on {gross} euroa (sis. alv {rate} %), josta veron osuus on {tax} euroa.",
            "Verollinen hinta on {gross} euroa ja veroton {net} euroa (alv {rate} %).",
        ]
    ),
)
def test_what_is_computed_and_rounded_to_cents_agrees(net, rate, sentence):
    tax = round_half_up(net * Decimal(rate.replace(",", ".")) / 100, 2)
    shown = {name: f"{value:.2f}".replace(".", ",") for name, value in _prices(net, tax).items()}

    assert contradictions_of(sentence.format(rate=rate, **shown)) == []


def _prices(net, tax):
    return {"net": net, "tax": tax, "gross": net + tax}
