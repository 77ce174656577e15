"""The filter of experiments, and the forms of an experiment and of its four steps."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.choices import ExperimentKind, ExperimentState, ExperimentStep, Verdict
from groups.forms.rows import ServesForm
from groups.models import CompanyGroup, Experiment, ExperimentRound, ExperimentSpread
from groups.queries.experiments import companies_for, experiments_to_learn_from
from groups.reports.experiments import Wanted
from mikrogrow.web.row_forms import RemovalForm, RowForm


class ExperimentFilter(forms.Form):
    """A plain GET form; ignores what it does not know."""

    kind = forms.ChoiceField(
        label=_("Laji"), required=False, choices=[("", _("Kaikki lajit")), *ExperimentKind.choices]
    )
    step = forms.TypedChoiceField(
        label=_("Vaihe"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Kaikki vaiheet")), *ExperimentStep.choices],
    )
    group = forms.TypedChoiceField(label=_("Ryhmä"), required=False, coerce=int, empty_value=None)
    verdict = forms.ChoiceField(
        label=_("Arvio"), required=False, choices=[("", _("Kaikki arviot")), *Verdict.choices]
    )

    state = forms.ChoiceField(
        label=_("Tila"), required=False, choices=[("", _("Kaikki tilat")), *ExperimentState.choices]
    )

    def __init__(self, data: Any, groups: Iterable[CompanyGroup]) -> None:
        super().__init__(data)
        by_key = [(group.pk, group.name) for group in groups]
        self.fields["group"].choices = [("", _("Kaikki ryhmät")), *by_key]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def wanted(self) -> Wanted:
        asked = self.cleaned_data.get
        return Wanted(
            asked("kind") or "",
            asked("step"),
            asked("group"),
            asked("verdict") or "",
            asked("state") or "",
        )


class ExperimentFactsForm(RowForm):
    class Meta:
        model = Experiment
        fields = [
            *("kind", "company", "title", "idea", "idea_on", "success", "unit", "target", "measure_set_on"),
            *("starts_on", "channel", "helped_by", "cost", "learnt_from"),
        ]
        error_messages = {
            "kind": {"required": _("Valitse, minkä lajin kokeilu on.")},
            "title": {"required": _("Anna kokeilulle nimi.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["company"].queryset = companies_for(self.instance)
        fields["learnt_from"].queryset = experiments_to_learn_from(self.instance)


class RoundForm(RowForm):
    class Meta:
        model = ExperimentRound
        fields = ["carried_out_on", "what", "result"]
        widgets = {"what": forms.Textarea, "result": forms.Textarea}
        error_messages = {"what": {"required": _("Kirjoita, mitä tehtiin.")}}


class AssessmentForm(RowForm):
    class Meta:
        model = Experiment
        fields = ["assessed_on", "measured", "verdict", "learnt"]


class SpreadForm(RowForm):
    class Meta:
        model = ExperimentSpread
        fields = ["told_on", "to_whom", "where"]
        error_messages = {"to_whom": {"required": _("Kirjoita, kenelle tuloksista kerrottiin.")}}


class EndForm(RowForm):
    class Meta:
        model = Experiment
        fields = ["ends_on"]


class ExperimentServesForm(ServesForm):
    class Meta:
        model = Experiment
        fields = ["serves"]
        widgets = {"serves": forms.CheckboxSelectMultiple}


class ExperimentRemovalForm(RemovalForm):
    button = _("Poista kokeilu")

    class Meta:
        model = Experiment
        fields: list[str] = []


class RoundRemovalForm(RemovalForm):
    button = _("Poista kierros")

    class Meta:
        model = ExperimentRound
        fields: list[str] = []


class SpreadRemovalForm(RemovalForm):
    button = _("Poista levitys")

    class Meta:
        model = ExperimentSpread
        fields: list[str] = []


def first_shown(form: type[RowForm], experiment: Experiment, on: date) -> dict[str, Any]:
    """Days that are most often the day of writing."""
    if form is RoundForm:
        return {"carried_out_on": on}
    if form is SpreadForm:
        return {"told_on": on}
    if form is AssessmentForm and experiment.assessed_on is None:
        return {"assessed_on": on}
    return {}
