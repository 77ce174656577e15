"""What happened at a meeting when a decision was made: who was disqualified, the votes and the dissents."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.fields import LONGEST_TEXT, PlainTextField
from mikrogrow.history import History
from mikrogrow.roles import DECISION_PREPARER
from mikrogrow.values.name_lists import names_in, twice_in
from projects.choices import DissentGround, VoteSide
from projects.models.decisions import Decision

# The largest municipal council has fewer members.
MOST_VOTES = 200
LONGEST_NAMES = 10_000
LONGEST_GROUND = 300


class Disqualification(models.Model):
    """A person who took no part in making a decision, and why."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="disqualifications", verbose_name=_("päätös")
    )
    name = models.CharField(_("nimi"), max_length=120)
    title = models.CharField(_("tehtävä"), max_length=120, blank=True)
    ground = models.CharField(
        _("esteellisyyden peruste"),
        max_length=LONGEST_GROUND,
        help_text=_("Esimerkiksi hallintolaki 28 § 1 mom. 5 k., yhtiön hallituksen jäsen."),
    )
    left_meeting = models.BooleanField(_("poistui asian käsittelyn ajaksi"), default=True)

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("esteellinen")
        verbose_name_plural = _("esteelliset")
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "name"],
                name="disqualification_once",
                violation_error_message=_("Henkilö on jo kirjattu esteelliseksi."),
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="disqualification_has_ground",
                violation_error_message=_("Kirjoita esteellisyyden peruste."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Vote(models.Model):
    """One vote of a meeting: "yes" is for what is voted on, "no" for the counter-proposal.

    The names are those of an open vote, one a line.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="votes", verbose_name=_("päätös"))
    number = models.PositiveSmallIntegerField(
        _("järjestys"), help_text=_("Monesko äänestys asiassa."), validators=[MinValueValidator(1)]
    )
    base_proposal = PlainTextField(
        _("pohjaehdotus (JAA)"),
        max_length=LONGEST_TEXT,
        has_marks=True,
        blank=True,
        help_text=_("Tyhjä, kun pohjana on esittelijän päätösehdotus."),
    )
    counter_proposal = PlainTextField(_("vastaehdotus (EI)"), max_length=LONGEST_TEXT, has_marks=True)
    proposed_by = models.CharField(_("vastaehdotuksen tekijä"), max_length=120, blank=True)
    seconded_by = models.CharField(
        _("kannattajat"), max_length=300, blank=True, help_text=_("Nimien välissä on pilkku.")
    )
    yes = models.PositiveSmallIntegerField(_("JAA-ääniä"), validators=[MaxValueValidator(MOST_VOTES)])
    no = models.PositiveSmallIntegerField(_("EI-ääniä"), validators=[MaxValueValidator(MOST_VOTES)])
    blank = models.PositiveSmallIntegerField(
        _("tyhjää"), default=0, validators=[MaxValueValidator(MOST_VOTES)]
    )
    absent = models.PositiveSmallIntegerField(
        _("poissa"),
        null=True,
        blank=True,
        help_text=_("Jätä tyhjäksi, jos ei ole tiedossa."),
        validators=[MaxValueValidator(MOST_VOTES)],
    )
    casting_vote = models.CharField(
        _("puheenjohtajan ääni"),
        max_length=20,
        choices=VoteSide,
        blank=True,
        help_text=_("Vain, kun äänet menivät tasan: silloin se ratkaisee (kuntalaki 104 §)."),
    )
    yes_names = PlainTextField(
        _("JAA äänestivät"),
        max_length=LONGEST_NAMES,
        blank=True,
        help_text=_("Avoimessa äänestyksessä: yksi nimi rivillä."),
    )
    no_names = PlainTextField(_("EI äänestivät"), max_length=LONGEST_NAMES, blank=True)
    blank_names = PlainTextField(_("tyhjää äänestivät"), max_length=LONGEST_NAMES, blank=True)

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER
    empty_words = {"casting_vote": _("äänet eivät menneet tasan")}

    history = History()

    class Meta:
        verbose_name = _("äänestys")
        verbose_name_plural = _("äänestykset")
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"],
                name="vote_number_once",
                violation_error_message=_("Päätöksellä on jo samannumeroinen äänestys."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="vote_number_from_one",
                violation_error_message=_("Äänestysten numerointi alkaa ykkösestä."),
            ),
            models.CheckConstraint(
                condition=~Q(counter_proposal=""),
                name="vote_has_counter_proposal",
                violation_error_message=_("Kirjoita vastaehdotus, josta äänestettiin."),
            ),
            models.CheckConstraint(
                condition=Q(yes__gt=0) | Q(no__gt=0),
                name="vote_is_cast",
                violation_error_message=_("Äänestyksessä on ainakin yksi JAA- tai EI-ääni."),
            ),
            models.CheckConstraint(
                condition=~Q(yes=F("no")) | ~Q(casting_vote=""),
                name="vote_tie_is_settled",
                violation_error_message=_(
                    "Äänet menivät tasan. Valitse, kumpaa puheenjohtaja äänesti: hänen äänensä ratkaisee."
                ),
            ),
            models.CheckConstraint(
                condition=Q(yes=F("no")) | Q(casting_vote=""),
                name="vote_casting_vote_only_of_tie",
                violation_error_message=_(
                    "Puheenjohtajan ääni ratkaisee vain, kun äänet menevät tasan. Jätä kohta tyhjäksi."
                ),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Äänestys %s") % self.number

    def clean(self) -> None:
        errors = {field: found for field, found in self._wrong_names() if found}
        if errors:
            raise ValidationError(errors)

    @property
    def winner(self) -> VoteSide:
        if self.yes == self.no:
            return VoteSide(self.casting_vote)
        return VoteSide.YES if self.yes > self.no else VoteSide.NO

    @property
    def is_open(self) -> bool:
        return any(map(self.names, ("yes", "no", "blank")))

    def names(self, column: str) -> tuple[str, ...]:
        """Of those who voted so: `column` is yes, no or blank."""
        return names_in(getattr(self, f"{column}_names"))

    def _wrong_names(self) -> Iterator[tuple[str, str]]:
        """Fields, each with a sentence: when names are known, all of them are, and each is there once."""
        if not self.is_open:
            return
        seen: list[str] = []
        for column in ("yes", "no", "blank"):
            number, names = getattr(self, column), self.names(column)
            seen.extend(names)
            if number is not None and len(names) != number:
                yield f"{column}_names", _names_and_votes(len(names), number)
            elif again := [name for name in twice_in(seen) if name.casefold() in map(str.casefold, names)]:
                yield f"{column}_names", gettext("Kirjoita jokainen nimi kerran: %s.") % ", ".join(again)


def _names_and_votes(names: int, votes: int) -> str:
    read = ngettext("Luettiin %s nimi", "Luettiin %s nimeä", names) % names
    cast = ngettext("ääniä on %s", "ääniä on %s", votes) % votes
    return gettext(
        "%(read)s, mutta %(cast)s. Kirjoita yhtä monta nimeä kuin ääniä, tai jätä kaikki nimet tyhjiksi."
    ) % {"read": read, "cast": cast}


class Dissent(models.Model):
    """A dissent that somebody announced when the decision was made, with its grounds."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="dissents", verbose_name=_("päätös"))
    name = models.CharField(_("nimi"), max_length=120)
    ground = models.CharField(
        _("peruste"),
        max_length=20,
        choices=DissentGround,
        help_text=_("Kuka saa ilmoittaa eriävän mielipiteen: kuntalaki 106 §."),
    )
    text = PlainTextField(_("eriävä mielipide"), max_length=LONGEST_TEXT, has_marks=True)

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("eriävä mielipide")
        verbose_name_plural = _("eriävät mielipiteet")
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "name"],
                name="dissent_once",
                violation_error_message=_("Henkilön eriävä mielipide on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="dissent_has_text",
                violation_error_message=_("Kirjoita eriävä mielipide."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
