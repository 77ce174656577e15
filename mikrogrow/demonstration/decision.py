"""The city board's decision on MikroGrow: the facts of the public record in our own words."""

from typing import Any

from financing.models import Appropriation, Commitment
from mikrogrow.demonstration.rows import add, add_parts, decide, shared, typeset
from projects.choices import DecisionPartKind, OfficialRole
from projects.models import Attachment, Decision, DecisionOfficial, Project

CASE_NUMBER = "4834/02.05.02.01/2017"
CASE_REFERENCE = "4834/2017"
APPROPRIATION = "Elinvoimapalveluiden palvelualueen elinkeinopoliittiset hankkeet"
TITLE = "Osallistuminen Pohjois-Savon mikroyritykset kasvuun (MikroGrow) -hankkeeseen"
CONDITIONS = "Kaupunki voi vetäytyä toteutusvastuusta, jos hanke ei etene suunnitellusti."
ATTACHMENTS = {
    2: "EURA 2014 -hakemus",
    3: "SAVO Mikroyrittäjyys, budjetti",
    4: "Pohjois-Savon liiton rahoituspäätös",
    5: "Hankepäätös",
}

BACKGROUND = """
Pohjois-Savon mikroyritykset kasvuun -hanke eli MikroGrow-hanke auttaa maakunnan pienimpiä yrityksiä \
kasvuun ja vientiin. Päätoteuttaja on Kehittämisyhtiö Savogrow Oy. Yrityspalvelu on valmistellut kaupungin \
osallistumista hankkeeseen osatoteuttajana. Toteutusaika on 1.4.2017–31.12.2019.

Hanke kuuluu EU:n rakennerahasto-ohjelmaan Kestävää kasvua ja työtä 2014–2020. Se sijoittuu toimintalinjaan \
1, pk-yritystoiminnan kilpailukyky, ja pk-yritysten kasvua ja kansainvälistymistä edistävään \
erityistavoitteeseen 2.1. Pohjois-Savon liitto teki hankkeesta myönteiset rahoituspäätökset 5.5.2017 ja \
29.5.2017, ja ne koskevat vuosia 2017–2019. Rahoitusta tulee myös Pohjois-Savon kehittämisrahastosta.

Hanke on suunnattu ensisijaisesti niille Pohjois-Savon yksinyrittäjille ja mikroyrityksille, jotka \
tavoittelevat kasvua, vientiä tai molempia. Mukana ovat myös tutkimus-, kehitys- ja koulutustoimijat \
(TKK-toimijat), joiden työ on yritysten kehittymiselle tärkeää. Toiminta kattaa kaikki kunnat Kuopion, \
Varkauden, Ylä-Savon ja Sisä-Savon seutukunnissa.

Noin 90 % alueen yrityksistä on mikroyrityksiä. Yritysten työpaikkojen nettolisäyksestä noin 47 % syntyi \
vuosina 2001–2015 mikroyrityksiin. Mikroyritysten kasvu ja vienti vaikuttavat siksi suoraan koko alueen \
elinvoimaan.

Päätavoite on kokeiluihin perustuva verkosto, jossa mikroyritykset ja TKK-toimijat edistävät yhdessä kasvua \
ja vientiä. Pienimmissä yrityksissä myyntiä ja vientiä kokeillaan usein vasta, kun tuotetta on hiottu \
pitkään. Yrityksiä tukevat organisaatiotkin kokeilevat uusia keinoja vain vähän. Tavoitteita on \
neljä:

1. Rakennetaan kasvu- ja vientikokeilujen verkosto, jonka suunnasta mikroyritykset päättävät itse.
2. Vauhditetaan kaupallistamista ja kasvua nopeilla kokeiluilla.
3. Kokeillaan vientiä pienin kustannuksin.
4. Avataan uusia kaupallistamisen, kasvun ja viennin mahdollisuuksia ja levitetään kokemuksia ja hyviä \
tuloksia.

Seutukuntiin perustetaan neljä mikroyritysten vetämää ryhmää. Kuhunkin ryhmään kuuluu 30 yritystä, yhteensä \
120. Yksi ryhmistä toimii Kuopion seudulla. Ryhmät kokoontuvat yritysten tiloissa kerran kuukaudessa koko \
toteutusajan. Jokainen kokoontuminen on isäntäyrityksen aloitteesta tehtävä kokeilu, johon muut yrittäjät \
antavat vertaistukea ja asiantuntijat sparrausta.

Kokeilut kohdistuvat ennen kaikkea edullisiin, digitaalisuuteen nojaaviin ratkaisuihin. Ryhmissä kehitetään \
osaamista, puretaan yrittämisen esteitä ja etsitään sopivia vientikanavia. Verkosto ohjaa kokeiluja, \
kannustaa niihin muitakin yrityksiä ja kertoo tuloksista. Kokeilu etenee neljässä vaiheessa:

1. Kasvun tai viennin kokeilu tehdään nopeasti ja toistetaan.
2. Tulokset arvioidaan.
3. Opittu otetaan käyttöön seuraavassa kokeilussa.
4. Toimiviksi todetut ratkaisut levitetään alueelle ja koko maahan.

Hankkeen lisäarvo syntyy viidestä asiasta:

1. Mikroyritykset ohjaavat ensi kertaa itse alueen kasvu- ja vientitoimintaa, ja yhteistyö TKK-toimijoiden \
kanssa tiivistyy.
2. Nopeista kokeiluista tulee vakiintunut tapa kehittää mikroyrityksiä.
3. Tiedotusvälineet, päättäjät ja yrityksiä tukevat organisaatiot saavat luotettavaa tietoa kasvavista ja \
kansainvälistyvistä mikroyrityksistä.
4. Mikroyritysten kasvun ja viennin mahdollisuudet hyödynnetään, ja harvaan asuttujen pohjoisten alueiden \
erityishaasteisiin etsitään ratkaisuja.
5. TKK-toimijat luovat mikroyrityksille kasvuympäristön yhdessä Pohjois-Suomen muiden mikroyritysvaltaisten \
alueiden kanssa, ja kokemukset leviävät niillekin.
"""

FINANCING = """
Koko hankkeen kustannukset ovat noin 651 200 euroa. EAKR- ja valtion rahoitus tulee Pohjois-Savon liiton \
kautta. Rahoitussuunnitelman osuudet ovat:

- EAKR- ja valtion rahoitus sekä kehittämisrahasto: 80 %
- kunnat: 18,9 %
- muu julkinen rahoitus, Oulun yliopisto: 0,6 %
- yritykset eli yksityinen rahoitus: 5,5 %

Kaupungin osahankkeen kustannusarvio on 59 953 euroa, ja se rahoitetaan näin:

- EAKR- ja valtion rahoitus: 44 966 euroa (75 %)
- Pohjois-Savon kehittämisrahasto: 2 998 euroa (5 %)
- kaupungin omarahoitus: 2 991 euroa (5 %)
- yksityinen rahoitus: 9 000 euroa

Vuoden 2017 osuus kustannuksista on 24 095 euroa, vuoden 2018 osuus 22 252 euroa ja vuoden 2019 osuus \
13 606 euroa.

Lisäksi kaupunki maksaa hankkeen yhteisiä kustannuksia vuosina 2017–2019: Savogrow laskuttaa omasta \
työstään 11 954 euroa ja Oulun yliopiston työstä 9 217 euroa.
"""

IMPACT = "Hankkeen yritysvaikutukset arvioidaan myönteisiksi."

MOTION = """
Elinkeinojohtaja esittää, että kaupunki osallistuu MikroGrow-hankkeeseen osatoteuttajana ja varaa siihen \
omarahoitusta vuosille 2017–2019 enintään 2 991 euroa.

Kaupungin rahoitus maksetaan määrärahasta ”Elinvoimapalveluiden palvelualueen elinkeinopoliittiset \
hankkeet”. Elinkeinojohtaja hyväksyy hankkeesta kaupungille tulevat laskut. Yrityspalvelu on nimennyt \
hankkeelle vastuuhenkilön. Kaupunki voi vetäytyä toteutusvastuusta, jos hanke ei etene suunnitellusti.

EURA 2014 -hakemus, Pohjois-Savon liiton rahoituspäätös, hankepäätös ja hankebudjetti ovat liitteinä.
"""

PROPOSAL = """
Kaupunginhallitus päättää, että Kuopion kaupunki osallistuu Pohjois-Savon mikroyritykset kasvuun \
(MikroGrow) -hankkeeseen osatoteuttajana elinkeinojohtajan esityksen mukaisesti. Kaupungin omarahoitus \
vuosina 2017–2019 on enintään 2 991 euroa.
"""

DECISION = "Päätösehdotus hyväksyttiin yksimielisesti."


def add_decision(project: Project) -> Decision:
    decision = add(
        Decision(
            project=project,
            body="Kaupunginhallitus",
            section=13,
            case_number=CASE_NUMBER,
            title=typeset(TITLE),
            conditions=CONDITIONS,
        )
    )
    kinds = DecisionPartKind
    add_parts(
        decision,
        {
            kinds.BACKGROUND: BACKGROUND,
            kinds.FINANCING: FINANCING,
            kinds.IMPACT: IMPACT,
            kinds.MOTION: MOTION,
            kinds.PROPOSAL: PROPOSAL,
            kinds.DECISION: DECISION,
        },
    )
    _add_officials(decision)
    for number, title in ATTACHMENTS.items():
        add(Attachment(decision=decision, number=number, case_reference=CASE_REFERENCE, title=typeset(title)))
    add(
        Commitment(
            decision=decision,
            max_amount=2991,
            first_year=2017,
            last_year=2019,
            appropriation=shared(Appropriation, APPROPRIATION),
            covers_own_share=True,
            covers_shared_costs=False,
        )
    )
    decide(decision)
    return decision


def _add_officials(decision: Decision) -> None:
    roles = OfficialRole
    officials: list[dict[str, Any]] = [
        {
            "role": roles.INTRODUCER,
            "title": "Elinkeinojohtaja",
            "name": "Jukka Tapio Pitkänen",
            "unit": "Yrityspalvelu",
        },
        {
            # The record says only that she prepared the item. The telephone number and address are made up.
            "role": roles.PREPARER,
            "title": "Valmistelija",
            "name": "Anna-Liisa Martikainen",
            "telephone": "+358 00 000 0000",
            "email": "valmistelija@example.org",
        },
        {
            "role": roles.PRESENTER,
            "title": "Kaupunginjohtaja",
            "is_acting": True,
            "name": "Jarmo Pirhonen",
        },
    ]
    for official in officials:
        add(DecisionOfficial(decision=decision, **official))
