"""The texts of the instructions, in versions: a decision keeps the text of the one that held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mikrogrow.values.dates import format_date
from mikrogrow.values.money import UNKNOWN
from projects.choices import AppealKind


class Condition(StrEnum):
    """When a paragraph belongs to the text of a decision."""

    ALWAYS = "always"
    ONLY_PREPARES = "only_prepares"
    ONLY_PUTS_INTO_EFFECT = "only_puts_into_effect"
    OF_COUNCIL = "of_council"
    ANSWERS_CLAIM = "answers_claim"
    HAS_CONTACT = "has_contact"
    LAST_DAY_OF_MEMBER = "last_day_of_member"
    LAST_DAY_OF_PARTY = "last_day_of_party"


@dataclass(frozen=True)
class Values:
    """What a text is filled in with. An unknown name is empty, an unknown day None."""

    conditions: frozenset[Condition]
    authority: str
    contact: str
    days: int
    last_day: date | None


@dataclass(frozen=True)
class Paragraph:
    """`text` may name {authority}, {contact}, {days} and {last_day}."""

    text: str
    when: Condition = Condition.ALWAYS


@dataclass(frozen=True)
class Instructions:
    title: str
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True)
class InstructionsVersion:
    name: str
    holds_from: date
    instructions: Mapping[AppealKind, Instructions]

    def text(self, kind: AppealKind, values: Values) -> str:
        """Paragraphs and lists, as `mikrogrow.values.plain_text.blocks` reads them."""
        holds = {Condition.ALWAYS, *values.conditions}
        filled = {
            "authority": values.authority or UNKNOWN,
            "contact": values.contact,
            "days": values.days,
            "last_day": format_date(values.last_day),
        }
        paragraphs = self.instructions[kind].paragraphs
        return "\n\n".join(each.text.format_map(filled) for each in paragraphs if each.when in holds)


def version_on(day: date) -> InstructionsVersion | None:
    """The latest that holds on that day; None before the first."""
    holding = [version for version in VERSIONS if version.holds_from <= day]
    return max(holding, key=lambda version: version.holds_from, default=None)


def version_named(name: str) -> InstructionsVersion | None:
    return next((version for version in VERSIONS if version.name == name), None)


_MAY_APPEAL = (
    "se, johon päätös on kohdistettu tai jonka oikeuteen, velvollisuuteen tai etuun päätös välittömästi "
    "vaikuttaa (asianosainen), sekä kunnan jäsen (kuntalaki 137 §)."
)
_OF_BOTH = (
    Paragraph(
        "Kunnan jäsenen katsotaan saaneen päätöksestä tiedon seitsemän päivän kuluttua siitä, kun pöytäkirja "
        "on asetettu nähtäväksi yleiseen tietoverkkoon (kuntalaki 140 §). Asianosaisen katsotaan saaneen "
        "tiedon, jollei muuta näytetä, seitsemäntenä päivänä kirjeen lähettämisestä tai kolmantena päivänä "
        "sähköisen viestin lähettämisestä. Jos päätös on luovutettu henkilökohtaisesti tai "
        "saantitodistusta vastaan, tieto on saatu luovutuspäivänä."
    ),
    Paragraph(
        "Tiedoksisaantipäivää ei lueta määräaikaan. Jos määräajan viimeinen päivä on pyhäpäivä, "
        "itsenäisyyspäivä, vapunpäivä, joulu- tai juhannusaatto tai arkilauantai, määräaika päättyy "
        "ensimmäisenä arkipäivänä sen jälkeen."
    ),
    Paragraph("Kunnan jäsenen määräaika päättyy {last_day}.", Condition.LAST_DAY_OF_MEMBER),
    Paragraph("Asianosaisen määräaika päättyy {last_day}.", Condition.LAST_DAY_OF_PARTY),
)
_DELIVERY = Paragraph(
    "Asiakirjat voi toimittaa itse, postitse, sähköisesti taikka asiamiehen tai lähetin välityksellä. "
    "Lähettäjä vastaa siitä, että ne ovat perillä määräajan viimeisenä päivänä ennen aukioloajan päättymistä."
)
_CONTACT = Paragraph("Yhteystiedot: {contact}", Condition.HAS_CONTACT)

# Never edit a version: add a new one, from the day on which it holds.
VERSIONS = (
    InstructionsVersion(
        name="2017-06",
        # Chapter 16 of kuntalaki 410/2015 has held since then.
        holds_from=date(2017, 6, 1),
        instructions={
            AppealKind.CLAIM: Instructions(
                "Oikaisuvaatimusohje (kuntalaki 134 §)",
                (
                    Paragraph(
                        "Päätökseen tyytymätön voi tehdä kirjallisen oikaisuvaatimuksen. Päätökseen ei saa "
                        "hakea muutosta valittamalla tuomioistuimeen."
                    ),
                    Paragraph(f"Oikaisuvaatimuksen saa tehdä {_MAY_APPEAL}"),
                    Paragraph("Oikaisuvaatimusviranomainen: {authority}"),
                    _CONTACT,
                    Paragraph(
                        "Oikaisuvaatimus on tehtävä {days} päivän kuluessa päätöksen tiedoksisaannista."
                    ),
                    *_OF_BOTH,
                    Paragraph(
                        "Oikaisuvaatimuksessa on ilmoitettava:\n"
                        "- päätös, johon vaaditaan oikaisua\n"
                        "- millaista oikaisua vaaditaan\n"
                        "- millä perusteilla oikaisua vaaditaan\n"
                        "- oikaisuvaatimuksen tekijä, hänen kotikuntansa ja yhteystietonsa."
                    ),
                    _DELIVERY,
                ),
            ),
            AppealKind.COURT: Instructions(
                "Valitusosoitus (kuntalaki 135 §)",
                (
                    Paragraph("Päätökseen voi hakea muutosta kunnallisvalituksella hallinto-oikeudelta."),
                    Paragraph(f"Valituksen saa tehdä {_MAY_APPEAL}", Condition.OF_COUNCIL),
                    Paragraph(
                        "Päätös on annettu oikaisuvaatimuksen johdosta. Siitä saa valittaa se, joka teki "
                        "oikaisuvaatimuksen. Jos päätös on oikaisuvaatimuksen johdosta muuttunut, siitä "
                        "saavat valittaa myös asianosainen ja kunnan jäsen (kuntalaki 137 §).",
                        Condition.ANSWERS_CLAIM,
                    ),
                    Paragraph(
                        "Valituksen saa tehdä sillä perusteella, että päätös on syntynyt virheellisessä "
                        "järjestyksessä, päätöksen tehnyt viranomainen on ylittänyt toimivaltansa tai päätös "
                        "on muuten lainvastainen. Perusteet on esitettävä ennen valitusajan päättymistä."
                    ),
                    Paragraph("Valitusviranomainen: {authority}"),
                    _CONTACT,
                    Paragraph("Valitus on tehtävä {days} päivän kuluessa päätöksen tiedoksisaannista."),
                    *_OF_BOTH,
                    Paragraph(
                        "Valituksessa on ilmoitettava:\n"
                        "- päätös, johon haetaan muutosta\n"
                        "- miltä kohdin ja millaista muutosta haetaan\n"
                        "- millä perusteilla muutosta haetaan\n"
                        "- valittaja, hänen kotikuntansa ja yhteystietonsa sekä osoite, johon "
                        "oikeudenkäynnin asiakirjat voi lähettää."
                    ),
                    Paragraph(
                        "Valitukseen on liitettävä päätös, johon haetaan muutosta, selvitys siitä, milloin "
                        "päätös on saatu tiedoksi, ja asiakirjat, joihin valittaja vetoaa. Asiamiehen on "
                        "liitettävä valtakirja, jollei laissa toisin säädetä."
                    ),
                    _DELIVERY,
                    Paragraph(
                        "Valittajalta voidaan periä oikeudenkäyntimaksu (tuomioistuinmaksulaki 1455/2015)."
                    ),
                ),
            ),
            AppealKind.NONE: Instructions(
                "Muutoksenhakukielto (kuntalaki 136 §)",
                (
                    Paragraph(
                        "Päätöksestä ei saa tehdä oikaisuvaatimusta eikä kunnallisvalitusta, koska se koskee "
                        "vain asian valmistelua.",
                        Condition.ONLY_PREPARES,
                    ),
                    Paragraph(
                        "Päätöksestä ei saa tehdä oikaisuvaatimusta eikä kunnallisvalitusta, koska se koskee "
                        "vain täytäntöönpanoa.",
                        Condition.ONLY_PUTS_INTO_EFFECT,
                    ),
                ),
            ),
        },
    ),
)
