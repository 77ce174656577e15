"""The body that makes the demonstration's decisions, and what became of those after the meeting."""

from datetime import date

from mikrogrow.demonstration.rows import add, shared
from projects.choices import BodyKind, NoticeWay
from projects.models import Decision, DecisionBody, DecisionNotice, DecisionPublication

BOARD = "Kaupunginhallitus"
# Nobody's addresses, and it is said wherever they are printed.
CONTACT = """Kirjaamo (keksitty yhteystieto)
Esimerkkikatu 1, 00000 Esimerkkilä
kirjaamo@kaupunki.example
avoinna arkisin klo 9–15"""
COURT = "Mallimaan hallinto-oikeus (keksitty)"
COURT_CONTACT = """Mallitie 2, 00000 Esimerkkilä
hallinto-oikeus@oikeus.example"""


def add_board() -> DecisionBody:
    return shared(
        DecisionBody, BOARD, kind=BodyKind.BOARD, contact=CONTACT, court=COURT, court_contact=COURT_CONTACT
    )


def publish(decision: Decision, inspected_on: date, published_on: date, recipient: str) -> None:
    """The minutes on the public network, and the decision to one party by e-mail on the same day."""
    add(DecisionPublication(decision=decision, inspected_on=inspected_on, published_on=published_on))
    add(DecisionNotice(decision=decision, recipient=recipient, way=NoticeWay.EMAIL, day=published_on))
