"""The filters of the project list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.choices import ProjectStatus
from projects.models import Programme


class PortfolioFilter(forms.Form):
    """A GET form: a value that it does not know gets a sentence, not an error page."""

    q = forms.CharField(
        label=_("Haku"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Haussa voi olla enintään 200 merkkiä.")},
    )
    status = forms.ChoiceField(
        label=_("Tila"), required=False, choices=[("", _("Kaikki tilat")), *ProjectStatus.choices]
    )
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label=_("Ohjelma"), required=False, empty_label=_("Kaikki ohjelmat")
    )
    attention = forms.BooleanField(label=_("Vain huomiota vaativat"), required=False)
