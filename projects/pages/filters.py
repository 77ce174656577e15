"""The filters of the lists of projects and decisions."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mikrogrow.fields import DateFormField
from projects.choices import DecisionStage, ProjectStatus
from projects.models import Decision, Programme


def raised(words: type[models.TextChoices]) -> list[tuple[str, Any]]:
    """The choices with large first letters."""
    return [(each.value, capfirst(each.label)) for each in words]


class SearchForm(forms.Form):
    """A GET form: a value that it does not know gets a sentence, not an error page."""

    q = forms.CharField(
        label=_("Haku"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Haussa voi olla enintään 200 merkkiä.")},
    )


class PortfolioFilter(SearchForm):
    status = forms.ChoiceField(
        label=_("Tila"), required=False, choices=[("", _("Kaikki tilat")), *raised(ProjectStatus)]
    )
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label=_("Ohjelma"), required=False, empty_label=_("Kaikki ohjelmat")
    )
    attention = forms.BooleanField(label=_("Vain huomiota vaativat"), required=False)


class DecisionFilter(SearchForm):
    """What bodies there are, is read when the form is made."""

    body = forms.ChoiceField(label=_("Toimielin"), required=False)
    year = forms.IntegerField(
        label=_("Vuosi"),
        required=False,
        min_value=1900,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            name: _("Kirjoita vuosi neljällä numerolla, esimerkiksi 2018.")
            for name in ("invalid", "min_value", "max_value")
        },
    )
    day = DateFormField(label=_("Kokouspäivä"), required=False)
    stage = forms.ChoiceField(
        label=_("Vaihe"), required=False, choices=[("", _("Kaikki vaiheet")), *raised(DecisionStage)]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        bodies = Decision.objects.order_by("body").values_list("body", flat=True).distinct()
        field: Any = self.fields["body"]
        field.choices = [("", _("Kaikki toimielimet")), *((body, body) for body in bodies)]
