"""Decisions of the invented projects: one in force, a motion, and one that covers all of the liability."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from financing.models import Appropriation, Commitment
from mikrogrow.demonstration.bodies import BOARD, publish
from mikrogrow.demonstration.rows import add, add_parts, decide, finish, shared, typeset
from projects.choices import (
    DecisionOutcome,
    DecisionPartKind,
    DecisionStage,
    DissentGround,
    MatterKind,
    OfficialRole,
)
from projects.decisions.annex_files import CheckedPdf
from projects.decisions.correcting import Correcting, correct
from projects.models import (
    AnnexFile,
    Attachment,
    Decision,
    DecisionOfficial,
    Disqualification,
    Dissent,
    Project,
    Vote,
)

PLAN = Path(__file__).parent / "annex.pdf"
LEAD = "Esimerkkilän Kehitys Oy (keksitty)"
KINDS = DecisionPartKind
DECIDED_TEXT = "Päätösehdotus hyväksyttiin yksimielisesti."
TITLE_OF_CHANGE = "Kiertokone-hankkeen kustannusten muuttaminen vuosina 2027 ja 2028 (esimerkki)"
# In the grounds of Järviretki's decision: a letter is missing, and `correct_slips` puts it right.
SLIP, CORRECTED = "ympärivuotsesta", "ympärivuotisesta"
# Nobody's names. The last one voted against and dissented.
FOR = ("Aino Esimerkki", "Eero Esimerkki", "Helmi Esimerkki", "Ilmari Esimerkki", "Kerttu Esimerkki")
AGAINST = ("Martta Esimerkki", "Lauri Esimerkki")


def add_jarviretki_decision(project: Project) -> None:
    decision = add(
        Decision(
            project=project,
            body=BOARD,
            matter_kind=MatterKind.DECIDES,
            meeting_date=date(2022, 12, 12),
            section=402,
            case_number="ESIMERKKI 1/2022",
            title=typeset("Osallistuminen Järviretki-hankkeeseen vuosina 2023–2025 (esimerkki)"),
        )
    )
    add_parts(
        decision,
        {
            KINDS.BACKGROUND: """
Tämä päätös on keksitty esimerkki. Järviretki kokoaa pienten matkailuyritysten palveluja yhteen. Hankkeen \
toteutusaika on 1.1.2023–31.12.2025, ja siihen osallistuu 40 yritystä kolmessa ryhmässä.
""",
            KINDS.FINANCING: """
Kaupungin osahankkeen kustannukset ovat 100 000 euroa. Rahoitus jakautuu näin:

- EU- ja valtion rahoitus: 70 000 euroa (70 %)
- kaupungin omarahoitus: 20 000 euroa (20 %)
- yksityinen rahoitus: 10 000 euroa (10 %)

Päätoteuttaja laskuttaa lisäksi yhteisiä kustannuksia 1 500 euroa vuodessa, kolmessa vuodessa 4 500 euroa. \
Kaupungin kokonaisvastuu on 24 500 euroa.
""",
            KINDS.IMPACT: """
Hanke lisää matkailuyritysten yhteistyötä. [[salainen JulkL 24 § 1 mom. 20 k: Keksitty esimerkki: yksi \
yrityksistä neuvottelee kaupasta kilpailijansa kanssa.]]

Yritysten yhteyshenkilö on [[henkilötieto kuntalaki 140 §: Pirjo Esimerkki (keksitty)]].
""",
            KINDS.GROUNDS: f"""
Hallintosäännön mukaan kaupunginhallitus päättää kaupungin osallistumisesta hankkeisiin (keksitty peruste). \
Hanke toteuttaa kaupungin tavoitetta matkailuyritysten kasvusta ja {SLIP} matkailusta.
""",
            KINDS.PROPOSAL: """
Kaupunginhallitus päättää, että kaupunki osallistuu Järviretki-hankkeeseen osatoteuttajana ja maksaa siitä \
vuosina 2023–2025 enintään 24 500 euroa. Summa kattaa omarahoituksen ja yhteiset kustannukset.
""",
            KINDS.DECISION: "Päätösehdotus hyväksyttiin.",
        },
    )
    _add_officials(decision)
    _add_annexes(decision)
    _authorise(decision, 24500, (2023, 2025), appropriation_amount=25000, shared_costs=True)
    _add_handling(decision)
    decide(decision, DecisionOutcome.VOTE)
    publish(decision, date(2022, 12, 14), date(2022, 12, 15), LEAD)


def correct_slips(decisions: Iterable[Decision], at: datetime) -> None:
    """Of printed decisions: a correction is printed after the minutes that it corrects."""
    for decision in decisions:
        if decision.parts.filter(kind=KINDS.GROUNDS, text__contains=SLIP).exists():
            correcting = Correcting(
                part=KINDS.GROUNDS,
                old_words=SLIP,
                new_words=CORRECTED,
                reason="Sanasta puuttuu kirjain (keksitty esimerkki).",
                day=date(2022, 12, 20),
                user=None,
                at=at,
            )
            correct(decision=decision, correcting=correcting)


def _add_annexes(decision: Decision) -> None:
    case = "ESIMERKKI 1/2022"
    plan = add(Attachment(decision=decision, number=1, case_reference=case, title="Hankesuunnitelma"))
    # Laid out once by mikrogrow.pdf, and says itself that it is invented.
    add(AnnexFile(attachment=plan, **CheckedPdf(PLAN.read_bytes(), pages=1).columns))
    add(
        Attachment(
            decision=decision,
            number=2,
            case_reference=case,
            title="Yrityskaupan neuvottelut (keksitty)",
            is_public=False,
            secrecy_reason="JulkL 24 § 1 mom. 20 k",
            public_title="Yrityksen selvitys",
        )
    )


def _add_handling(decision: Decision) -> None:
    add(
        Disqualification(
            decision=decision,
            name="Pekka Esimerkki",
            title="kaupunginhallituksen jäsen",
            ground=f"hallintolaki 28 § 1 mom. 5 k., jäsen hallituksessa: {LEAD}",
        )
    )
    *_others, dissenter = AGAINST
    add(
        Vote(
            decision=decision,
            number=1,
            counter_proposal="Kaupunki osallistuu hankkeeseen mutta ei maksa yhteisiä kustannuksia.",
            proposed_by=dissenter,
            seconded_by=", ".join(AGAINST[:-1]),
            yes=len(FOR),
            no=len(AGAINST),
            absent=1,
            yes_names="\n".join(FOR),
            no_names="\n".join(AGAINST),
        )
    )
    add(
        Dissent(
            decision=decision,
            name=dissenter,
            ground=DissentGround.VOTED,
            text="Yhteiset kustannukset kuuluvat päätoteuttajalle, joka myös saa niihin tukea.",
        )
    )


def add_kiertokone_decisions(project: Project) -> Decision:
    """Returns the decision in force.

    The motion would move costs between its years; it was returned once and goes on.
    """
    first = add(
        Decision(
            project=project,
            body=BOARD,
            matter_kind=MatterKind.DECIDES,
            meeting_date=date(2025, 12, 15),
            section=371,
            case_number="ESIMERKKI 7/2025",
            title=typeset("Osallistuminen Kiertokone-hankkeeseen vuosina 2026–2028 (esimerkki)"),
            conditions="Kaupunki voi vetäytyä hankkeesta viimeistään 31.12.2026.",
        )
    )
    add_parts(
        first,
        {
            KINDS.BACKGROUND: """
Tämä päätös on keksitty esimerkki. Kiertokone auttaa konepajoja kierrättämään osia. Hankkeen toteutusaika \
on 1.1.2026–31.12.2028.
""",
            KINDS.FINANCING: """
Kaupungin osahankkeen kustannukset ovat 41 665 euroa. Rahoitus jakautuu näin:

- EU- ja valtion rahoitus: 29 166 euroa (70 %)
- kehittämisrahasto: 4 167 euroa (10 %)
- kaupungin omarahoitus: 8 333 euroa (20 %)

Rahoituslähteiden summat on pyöristetty täysiin euroihin.
""",
            KINDS.PROPOSAL: """
Kaupunginhallitus päättää, että kaupunki osallistuu Kiertokone-hankkeeseen osatoteuttajana. Kaupungin \
omarahoitus vuosina 2026–2028 on enintään 8 333 euroa.
""",
            KINDS.DECISION: DECIDED_TEXT,
        },
    )
    _add_officials(first)
    _authorise(first, 8333, (2026, 2028), appropriation_amount=12000, shared_costs=False)
    decide(first)
    publish(first, date(2025, 12, 17), date(2025, 12, 18), LEAD)
    motion = add(
        Decision(
            project=project,
            amends=first,
            continues=_add_returned(project, first),
            body=BOARD,
            matter_kind=MatterKind.DECIDES,
            case_number="ESIMERKKI 7/2025",
            title=typeset(TITLE_OF_CHANGE),
        )
    )
    add_parts(
        motion,
        {
            KINDS.BACKGROUND: """
Tämä esitys on keksitty esimerkki. Osa kokeiluista siirtyy vuodesta 2027 vuoteen 2028.
""",
            KINDS.FINANCING: """
Vuoden 2027 kustannukset olisivat 11 388 euroa ja vuoden 2028 kustannukset 16 388 euroa. \
Kokonaiskustannukset ja omarahoitus eivät muutu.
""",
            KINDS.MOTION: """
Elinkeinojohtaja esittää, että kaupungin osahankkeen kustannukset muutetaan 11 388 euroksi vuonna 2027 ja \
16 388 euroksi vuonna 2028. Omarahoitus on edelleen enintään 8 333 euroa.
""",
        },
    )
    _add_officials(motion)
    finish(motion, stage=DecisionStage.MOTION)
    return first


def _add_returned(project: Project, amended: Decision) -> Decision:
    returned = add(
        Decision(
            project=project,
            amends=amended,
            body=BOARD,
            matter_kind=MatterKind.DECIDES,
            meeting_date=date(2026, 11, 2),
            section=318,
            case_number="ESIMERKKI 7/2025",
            title=typeset(TITLE_OF_CHANGE),
        )
    )
    add_parts(
        returned,
        {
            KINDS.BACKGROUND: """
Tämä päätös on keksitty esimerkki. Osa kokeiluista siirtyy vuodesta 2027 vuoteen 2028.
""",
            KINDS.PROPOSAL: """
Kaupunginhallitus päättää muuttaa osahankkeen kustannusten jakoa vuosille 2027 ja 2028. Omarahoitus ei muutu.
""",
            KINDS.DECISION: """
Asia palautettiin yksimielisesti valmisteluun: kustannukset on esitettävä vuosittain.
""",
        },
    )
    _add_officials(returned)
    decide(returned, DecisionOutcome.RETURNED)
    publish(returned, date(2026, 11, 4), date(2026, 11, 5), LEAD)
    return returned


def _add_officials(decision: Decision) -> None:
    roles = OfficialRole
    add(DecisionOfficial(decision=decision, role=roles.INTRODUCER, title="Elinkeinojohtaja"))
    add(
        DecisionOfficial(
            decision=decision,
            role=roles.PREPARER,
            title="Projektipäällikkö",
            name="Maija Mallikas",
            unit="Yrityspalvelu",
            email="maija.mallikas@example.org",
        )
    )
    add(DecisionOfficial(decision=decision, role=roles.PRESENTER, title="Kaupunginjohtaja"))


def _authorise(
    decision: Decision,
    euros: int,
    years: tuple[int, int],
    *,
    appropriation_amount: int,
    shared_costs: bool,
) -> None:
    """Euros, and the first and last year."""
    first, last = years
    appropriation = shared(
        Appropriation,
        f"Hankkeiden omarahoitus {first}–{last} (esimerkki)",
        amount=appropriation_amount,
        committed_elsewhere=0,
    )
    add(
        Commitment(
            decision=decision,
            max_amount=euros,
            first_year=first,
            last_year=last,
            appropriation=appropriation,
            covers_own_share=True,
            covers_shared_costs=shared_costs,
        )
    )
