from decimal import Decimal

import pytest

from mikrogrow.values.finnish.figures import (
    counted,
    euros,
    for_years,
    in_years,
    listed,
    of_years,
    percentage_points,
    percents,
)
from mikrogrow.values.finnish.inflection import (
    COMPANY,
    GROUP,
    MEETING,
    MUNICIPALITY,
    OBJECTIVE,
    PERSON,
    PROJECT,
    Case,
    numeral,
)
from mikrogrow.values.finnish.names import genitive, inside_sentence, with_noun

# Of tables: ~ is a no-break space.
NOM, GEN, PAR = Case.NOMINATIVE, Case.GENITIVE, Case.PARTITIVE
INE, ELA, ILL = Case.INESSIVE, Case.ELATIVE, Case.ILLATIVE
ADE, ABL, ALL = Case.ADESSIVE, Case.ABLATIVE, Case.ALLATIVE
NUMERAL_CASES = (NOM, GEN, PAR, INE, ELA, ILL, ADE, ABL, ALL)
NUMERALS = {
    0: "nolla nollan nollaa nollassa nollasta nollaan nollalla nollalta nollalle",
    1: "yksi yhden yhtä yhdessä yhdestä yhteen yhdellä yhdeltä yhdelle",
    2: "kaksi kahden kahta kahdessa kahdesta kahteen kahdella kahdelta kahdelle",
    3: "kolme kolmen kolmea kolmessa kolmesta kolmeen kolmella kolmelta kolmelle",
    4: "neljä neljän neljää neljässä neljästä neljään neljällä neljältä neljälle",
    5: "viisi viiden viittä viidessä viidestä viiteen viidellä viideltä viidelle",
    6: "kuusi kuuden kuutta kuudessa kuudesta kuuteen kuudella kuudelta kuudelle",
    7: "seitsemän seitsemän seitsemää seitsemässä seitsemästä seitsemään seitsemällä seitsemältä seitsemälle",
    8: "kahdeksan kahdeksan kahdeksaa kahdeksassa kahdeksasta kahdeksaan kahdeksalla kahdeksalta kahdeksalle",
    9: "yhdeksän yhdeksän yhdeksää yhdeksässä yhdeksästä yhdeksään yhdeksällä yhdeksältä yhdeksälle",
    10: "kymmenen kymmenen kymmentä kymmenessä kymmenestä kymmeneen kymmenellä kymmeneltä kymmenelle",
    11: (
        "yksitoista yhdentoista yhtätoista yhdessätoista yhdestätoista yhteentoista yhdellätoista "
        "yhdeltätoista yhdelletoista"
    ),
    12: (
        "kaksitoista kahdentoista kahtatoista kahdessatoista kahdestatoista kahteentoista kahdellatoista "
        "kahdeltatoista kahdelletoista"
    ),
    15: (
        "viisitoista viidentoista viittätoista viidessätoista viidestätoista viiteentoista viidellätoista "
        "viideltätoista viidelletoista"
    ),
    20: (
        "kaksikymmentä kahdenkymmenen kahtakymmentä kahdessakymmenessä kahdestakymmenestä "
        "kahteenkymmeneen kahdellakymmenellä kahdeltakymmeneltä kahdellekymmenelle"
    ),
}


def shown(text):
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize("number", NUMERALS)
def test_a_numeral_is_inflected(number):
    assert " ".join(numeral(number, case) for case in NUMERAL_CASES) == NUMERALS[number]


@pytest.mark.parametrize("number", [-1, 21])
def test_a_larger_numeral_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        numeral(number)


@pytest.mark.parametrize(
    ("number", "noun", "case", "expected"),
    [
        (1, GROUP, NOM, "yksi ryhmä"),
        (4, GROUP, NOM, "neljä ryhmää"),
        (10, GROUP, NOM, "kymmenen ryhmää"),
        (11, GROUP, NOM, "11~ryhmää"),
        (0, GROUP, NOM, "nolla ryhmää"),
        (1, GROUP, INE, "yhdessä ryhmässä"),
        (4, GROUP, INE, "neljässä ryhmässä"),
        (12, GROUP, INE, "12~ryhmässä"),
        (4, GROUP, GEN, "neljän ryhmän"),
        (4, GROUP, PAR, "neljää ryhmää"),
        (3, GROUP, ELA, "kolmesta ryhmästä"),
        (4, GROUP, ILL, "neljään ryhmään"),
        (2, GROUP, ADE, "kahdella ryhmällä"),
        (2, GROUP, ABL, "kahdelta ryhmältä"),
        (2, GROUP, ALL, "kahdelle ryhmälle"),
        (1, COMPANY, NOM, "yksi yritys"),
        (5, COMPANY, NOM, "viisi yritystä"),
        (120, COMPANY, NOM, "120~yritystä"),
        (1200, COMPANY, NOM, "1~200~yritystä"),
        (120, COMPANY, GEN, "120~yrityksen"),
        (120, COMPANY, INE, "120~yrityksessä"),
        (120, COMPANY, ELA, "120~yrityksestä"),
        (120, COMPANY, ILL, "120~yritykseen"),
        (120, COMPANY, ALL, "120~yritykselle"),
        (7, COMPANY, ADE, "seitsemällä yrityksellä"),
        (33, MEETING, NOM, "33~kokoontumista"),
        (33, MEETING, INE, "33~kokoontumisessa"),
        (2, MEETING, ELA, "kahdesta kokoontumisesta"),
        (2, PERSON, NOM, "kaksi henkilöä"),
        (2, PERSON, ALL, "kahdelle henkilölle"),
        (25, MUNICIPALITY, NOM, "25~kuntaa"),
        (25, MUNICIPALITY, INE, "25~kunnassa"),
        (9, MUNICIPALITY, GEN, "yhdeksän kunnan"),
        (6, MUNICIPALITY, ILL, "kuuteen kuntaan"),
        (1, OBJECTIVE, NOM, "yksi tavoite"),
        (4, OBJECTIVE, NOM, "neljä tavoitetta"),
        (4, OBJECTIVE, GEN, "neljän tavoitteen"),
        (3, PROJECT, NOM, "kolme hanketta"),
        (3, PROJECT, INE, "kolmessa hankkeessa"),
        (3, PROJECT, ILL, "kolmeen hankkeeseen"),
    ],
)
def test_what_is_counted_is_inflected_with_its_number(number, noun, case, expected):
    assert shown(counted(number, noun, case)) == expected


@pytest.mark.parametrize(
    ("number", "case", "expected"),
    [(1, NOM, "1~ryhmä"), (4, NOM, "4~ryhmää"), (4, INE, "4~ryhmässä"), (4, GEN, "4~ryhmän")],
)
def test_a_small_number_is_written_in_digits_where_asked(number, case, expected):
    assert shown(counted(number, GROUP, case, in_digits=True)) == expected


@pytest.mark.parametrize(
    ("amount", "case", "expected"),
    [
        ("59953", NOM, "59~953~euroa"),
        ("59953", GEN, "59~953~euron"),
        ("59953", PAR, "59~953~euroa"),
        ("2991", ADE, "2~991~eurolla"),
        ("13888", ELA, "13~888~eurosta"),
        ("11388", ILL, "11~388~euroon"),
        ("2991", INE, "2~991~eurossa"),
        ("2991", ALL, "2~991~eurolle"),
        ("2991", ABL, "2~991~eurolta"),
        ("2991.5", NOM, "2~991,50~euroa"),
        ("2991.5", GEN, "2~991,50~euron"),
        ("2991.5", ADE, "2~991,50~eurolla"),
        ("2991.00", NOM, "2~991~euroa"),
        ("1", NOM, "1~euro"),
        ("1", GEN, "1~euron"),
        ("1.5", NOM, "1,50~euroa"),
        ("0", NOM, "0~euroa"),
        ("0", ADE, "0~eurolla"),
        ("1000000", NOM, "1~000~000~euroa"),
        ("-500", NOM, "−500~euroa"),
        ("-1", NOM, "−1~euro"),
    ],
)
def test_euros_are_inflected(amount, case, expected):
    assert shown(euros(Decimal(amount), case)) == expected


@pytest.mark.parametrize(
    ("share", "case", "expected"),
    [
        ("75", NOM, "75~prosenttia"),
        ("75", GEN, "75~prosentin"),
        ("75", ADE, "75~prosentilla"),
        ("75", ILL, "75~prosenttiin"),
        ("75", ELA, "75~prosentista"),
        ("75", INE, "75~prosentissa"),
        ("18.9", NOM, "18,9~prosenttia"),
        ("18.90", GEN, "18,9~prosentin"),
        ("5.25", NOM, "5,25~prosenttia"),
        ("1", NOM, "1~prosentti"),
        ("1", GEN, "1~prosentin"),
        ("0.5", NOM, "0,5~prosenttia"),
        ("0", NOM, "0~prosenttia"),
        ("100", NOM, "100~prosenttia"),
    ],
)
def test_percents_are_inflected(share, case, expected):
    assert shown(percents(Decimal(share), case)) == expected


@pytest.mark.parametrize(
    ("points", "case", "expected"),
    [
        ("5", NOM, "5~prosenttiyksikköä"),
        ("4.5", NOM, "4,5~prosenttiyksikköä"),
        ("1", NOM, "1~prosenttiyksikkö"),
        ("5", GEN, "5~prosenttiyksikön"),
        ("5", ADE, "5~prosenttiyksiköllä"),
    ],
)
def test_percentage_points_are_inflected(points, case, expected):
    assert shown(percentage_points(Decimal(points), case)) == expected


@pytest.mark.parametrize(
    ("years", "inside", "to", "of"),
    [
        ([2017], "vuonna 2017", "vuodelle 2017", "vuoden 2017"),
        ([2017, 2018, 2019], "vuosina 2017–2019", "vuosille 2017–2019", "vuosien 2017–2019"),
        ([2027, 2028], "vuosina 2027–2028", "vuosille 2027–2028", "vuosien 2027–2028"),
        ([2019, 2017], "vuosina 2017 ja 2019", "vuosille 2017 ja 2019", "vuosien 2017 ja 2019"),
        (
            [2017, 2018, 2019, 2021],
            "vuosina 2017–2019 ja 2021",
            "vuosille 2017–2019 ja 2021",
            "vuosien 2017–2019 ja 2021",
        ),
        (
            [2017, 2019, 2021],
            "vuosina 2017, 2019 ja 2021",
            "vuosille 2017, 2019 ja 2021",
            "vuosien 2017, 2019 ja 2021",
        ),
        ([2018, 2018], "vuonna 2018", "vuodelle 2018", "vuoden 2018"),
    ],
)
def test_years_are_inflected(years, inside, to, of):
    assert (in_years(years), for_years(years), of_years(years)) == (inside, to, of)


def test_no_years_have_no_words():
    with pytest.raises(ValueError, match="no years"):
        in_years([])


@pytest.mark.parametrize(
    ("items", "joint", "expected"),
    [
        ([], "ja", ""),
        (["A"], "ja", "A"),
        (["A", "B"], "ja", "A ja B"),
        (["A", "B", "C"], "ja", "A, B ja C"),
        (["A", "B", "C"], "tai", "A, B tai C"),
        (["2,5", "3"], "ja", "2,5 ja 3"),
        (["A, b", "C", "D"], "ja", "A, b; C sekä D"),
        (["A, b", "C"], "tai", "A, b tai C"),
    ],
)
def test_items_are_listed(items, joint, expected):
    assert listed(items, joint) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kehittämisyhtiö Savogrow Oy", "Kehittämisyhtiö Savogrow Oy:n"),
        ("Vetäjä Oyj", "Vetäjä Oyj:n"),
        ("Osakeyhtiö Ab", "Osakeyhtiö Ab:n"),
        ("Oy Esimerkki Ab", "Oy Esimerkki Ab:n"),
        ("Kauppa Ky", "Kauppa Ky:n"),
        ("Leader Mallimaa ry", "Leader Mallimaa ry:n"),
        ("Edupoli sr", "Edupoli sr:n"),
        ("Pohjois-Savon liitto", "Pohjois-Savon liiton"),
        ("Suomen Kuntaliitto", "Suomen Kuntaliiton"),
        ("Kuopion kaupunki", "Kuopion kaupungin"),
        ("Esimerkkikaupunki", "Esimerkkikaupungin"),
        ("Oulun yliopisto", "Oulun yliopiston"),
        ("Aalto-yliopisto", "Aalto-yliopiston"),
        ("Itä-Suomen Yliopisto", "Itä-Suomen Yliopiston"),
        ("Kansalaisopisto", "Kansalaisopiston"),
        ("Siilinjärven kunta", "Siilinjärven kunnan"),
        ("Savon koulutuskuntayhtymä", "Savon koulutuskuntayhtymän"),
        ("Kainuun osuuskunta", "Kainuun osuuskunnan"),
        ("Pohjois-Savon kehittämisrahasto", "Pohjois-Savon kehittämisrahaston"),
        ("Etelä-Savon ELY-keskus", "Etelä-Savon ELY-keskuksen"),
        ("Luonnonvarakeskus", "Luonnonvarakeskuksen"),
        ("Savonia-ammattikorkeakoulu", "Savonia-ammattikorkeakoulun"),
        ("Ruokavirasto", "Ruokaviraston"),
        ("Työ- ja elinkeinoministeriö", "Työ- ja elinkeinoministeriön"),
        ("Suomen valtio", "Suomen valtion"),
        ("Kuopion kauppakamari", "Kuopion kauppakamarin"),
        ("Yrittäjäyhdistys", "Yrittäjäyhdistyksen"),
        ("Kulttuurisäätiö", "Kulttuurisäätiön"),
        ("Kehittämisyhtiö", "Kehittämisyhtiön"),
        ("Pohjois-Savon hyvinvointialue", "Pohjois-Savon hyvinvointialueen"),
        ("Ilmatieteen laitos", "Ilmatieteen laitoksen"),
        ("Esimerkkilän Kehitys", "Esimerkkilän Kehityksen"),
        ("Maa- ja kotitalousseura", "Maa- ja kotitalousseuran"),
        ("Kuopion Seutu", "Kuopion Seudun"),
        ("Yrityspalvelu", "Yrityspalvelun"),
        ("Elinvoimapalvelut", "Elinvoimapalvelujen"),
        ("Kaupunginhallitus", "Kaupunginhallituksen"),
        ("Elinvoimalautakunta", "Elinvoimalautakunnan"),
        ("Kaupunginvaltuusto", "Kaupunginvaltuuston"),
        ("Osuuspankki", "Osuuspankin"),
        ("Kuopio", "Kuopion"),
        ("Vantaa", "Vantaan"),
        ("Espoo", "Espoon"),
        ("Savonia", "Savonian"),
        ("Savogrow", None),
        ("Business Finland", None),
        ("Helsinki", None),
        ("Turku", None),
        ("Lahti", None),
        ("Kehittämisrahasto Oy (keksitty)", None),
        ("Mallimaan liitto (keksitty)", None),
        ("SYKE", None),
        ("OKIA", None),
        ("4H", None),
        ("", None),
    ],
)
def test_the_genitive_of_a_name_is_formed_where_it_is_safe(name, expected):
    assert genitive(name) == expected


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("MikroGrow", NOM, "MikroGrow-hanke"),
        ("MikroGrow", ILL, "MikroGrow-hankkeeseen"),
        ("MikroGrow", GEN, "MikroGrow-hankkeen"),
        ("MikroGrow", INE, "MikroGrow-hankkeessa"),
        ("MikroGrow", ELA, "MikroGrow-hankkeesta"),
        ("Pohjois-Savon mikroyritykset kasvuun", NOM, "Pohjois-Savon mikroyritykset kasvuun -hanke"),
        ("Pohjois-Savon mikroyritykset kasvuun", ILL, "Pohjois-Savon mikroyritykset kasvuun -hankkeeseen"),
        ("MikroGrow-hanke", ILL, "MikroGrow-hankkeeseen"),
        ("Vihreä satama -hanke", GEN, "Vihreä satama -hankkeen"),
        ("Suurhanke", GEN, "Suurhanke-hankkeen"),
    ],
)
def test_a_projects_name_is_joined_to_what_it_names(name, case, expected):
    assert with_noun(name, PROJECT, case) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Elinkeinojohtaja", "elinkeinojohtaja"),
        ("Elinkeino- ja kehitysjohtaja", "elinkeino- ja kehitysjohtaja"),
        ("EU-koordinaattori", "EU-koordinaattori"),
        ("Kaupunginhallitus", "kaupunginhallitus"),
        ("HR", "HR"),
        ("", ""),
    ],
)
def test_an_office_begins_with_a_small_letter_inside_a_sentence(name, expected):
    assert inside_sentence(name) == expected
