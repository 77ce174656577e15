"""What a preparer types of a meeting: the disqualified, votes and dissents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrogrow.fields import WholeNumberField
from mikrogrow.web.row_forms import RemovalForm, RowForm
from projects.decisions.handling import OF_DISQUALIFIED, OF_DISSENT, OF_VOTE
from projects.models import Disqualification, Dissent, Vote

# The page's list of proposals for a ground.
GROUNDS_ID = "disqualification-grounds"
# Administrative Procedure Act 434/2003, section 28, subsection 1.
GROUNDS = (
    _("hallintolaki 28 § 1 mom. 1 k., asianosainen tai asianosaisen läheinen"),
    _("hallintolaki 28 § 1 mom. 2 k., asianosaisen avustaja tai edustaja"),
    _("hallintolaki 28 § 1 mom. 3 k., ratkaisusta odotettavissa erityistä hyötyä tai vahinkoa"),
    _("hallintolaki 28 § 1 mom. 4 k., palvelus- tai toimeksiantosuhteessa asianosaiseen"),
    _("hallintolaki 28 § 1 mom. 5 k., asianosaisen yhteisön hallituksen jäsen tai toimitusjohtaja"),
    _("hallintolaki 28 § 1 mom. 6 k., viraston tai laitoksen johtokunnan jäsen"),
    _("hallintolaki 28 § 1 mom. 7 k., muu erityinen syy, joka vaarantaa luottamuksen puolueettomuuteen"),
)
NUMBERS = ("number", "yes", "no", "blank", "absent")


class DisqualificationForm(RowForm):
    class Meta:
        model = Disqualification
        fields = OF_DISQUALIFIED
        widgets = {"ground": forms.TextInput(attrs={"list": GROUNDS_ID})}


class DisqualificationRemovalForm(RemovalForm):
    button = _("Poista esteellinen")

    class Meta:
        model = Disqualification
        fields: tuple[str, ...] = ()


class VoteForm(RowForm):
    class Meta:
        model = Vote
        fields = OF_VOTE
        field_classes = dict.fromkeys(NUMBERS, WholeNumberField)


class VoteRemovalForm(RemovalForm):
    button = _("Poista äänestys")

    class Meta:
        model = Vote
        fields: tuple[str, ...] = ()


class DissentForm(RowForm):
    class Meta:
        model = Dissent
        fields = OF_DISSENT


class DissentRemovalForm(RemovalForm):
    button = _("Poista eriävä mielipide")

    class Meta:
        model = Dissent
        fields: tuple[str, ...] = ()
