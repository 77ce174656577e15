"""Forms that explain findings, and the filter of their list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.reconciliation.checks import TITLES
from financing.reconciliation.findings import FOUND, Finding, FindingKey
from mikrogrow.fields import OpenTextFormField

LONGEST_EXPLANATION = 2000
# How the names of its fields begin in a form that is sent in spite of errors.
_FIELD = "explanation-"


def _hidden() -> Any:
    return forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class ExplanationForm(forms.Form):
    """Why a difference is right. Hidden fields name the finding and the numbers that the person saw."""

    code, subject, detail = _hidden(), _hidden(), _hidden()
    left, right, difference = _hidden(), _hidden(), _hidden()
    explanation = OpenTextFormField(
        label=gettext_lazy("Selitys"),
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Kirjoita selitys."),
            "max_length": gettext_lazy("Selityksessä voi olla enintään 2 000 merkkiä."),
        },
    )

    @classmethod
    def of(cls, finding: Finding, typed: str | None = None) -> "ExplanationForm":
        latest = finding.explanation or finding.fallen
        names = ("code", "subject", "detail", "left", "right", "difference")
        initial: dict[str, Any] = dict(zip(names, (*finding.key, *finding.numbers), strict=True))
        initial["explanation"] = typed if typed is not None else latest.explanation if latest else ""
        return cls(initial=initial, auto_id=f"id_%s_{finding.anchor}")

    @property
    def key(self) -> FindingKey:
        code, subject, detail = (self.cleaned_data.get(name, "") for name in ("code", "subject", "detail"))
        return code, subject, detail

    @property
    def numbers(self) -> tuple[str, str, str]:
        left, right, difference = (
            self.cleaned_data.get(name, "") for name in ("left", "right", "difference")
        )
        return left, right, difference

    @property
    def typed(self) -> str:
        return str(self.data.get("explanation", ""))

    @property
    def refusals(self) -> list[str]:
        return [str(sentence) for sentences in self.errors.values() for sentence in sentences]


class ExplanationFields:
    """A field for each error that stands, added to the form that is sent in spite of it.

    `missing` says why an empty one is refused; without it none has to be filled in.
    """

    def __init__(self, form: forms.Form, errors: Sequence[Finding], missing: str = "") -> None:
        self._form = form
        # Each with the name of its field.
        self.asked = [(finding, f"{_FIELD}{finding.anchor}") for finding in errors]
        for finding, name in self.asked:
            latest = finding.explanation
            form.fields[name] = OpenTextFormField(
                label=_("Selitys virheelle %(code)s")
                % {"code": ", ".join(filter(None, [finding.code, finding.detail]))},
                initial=latest.explanation if latest else "",
                max_length=LONGEST_EXPLANATION,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=finding.sentence,
                required=bool(missing),
                error_messages={"required": missing},
            )

    @property
    def typed(self) -> dict[FindingKey, str]:
        return {finding.key: self._form.cleaned_data.get(name, "") for finding, name in self.asked}

    @property
    def written(self) -> list[tuple[Finding, str]]:
        """The errors that were explained, and how."""
        return [(finding, text) for finding, _name in self.asked if (text := self.typed[finding.key].strip())]

    @property
    def fields(self) -> list[tuple[Finding, forms.BoundField]]:
        """Each error with its field, as the page shows them."""
        return [(finding, self._form[name]) for finding, name in self.asked]

    @property
    def without_error(self) -> list[str]:
        """What was typed of errors that are not asked of any more."""
        asked = {name for _finding, name in self.asked}
        names = (name for name in self._form.data if name.startswith(_FIELD) and name not in asked)
        return [text for name in names if (text := self._form.data[name].strip())]


class PlanApprovalForm(forms.Form):
    """Why a plan is approved despite its errors."""

    def __init__(self, data: Any = None, *, errors: Sequence[Finding] = ()) -> None:
        super().__init__(data)
        self.explanations = ExplanationFields(
            self, errors, _("Kirjoita, miksi suunnitelma hyväksytään virheestä huolimatta.")
        )


class FindingFilter(forms.Form):
    """An unknown value gets a sentence, not an error page."""

    level = forms.ChoiceField(label=gettext_lazy("Taso"), required=False)
    code = forms.ChoiceField(label=gettext_lazy("Tarkistus"), required=False)
    unexplained = forms.BooleanField(label=gettext_lazy("Vain selittämättömät"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        levels = [(level.value, level.label) for level in FOUND]
        self.fields["level"].choices = [("", _("Kaikki tasot")), *levels]  # type: ignore[attr-defined]
        checks = [(code, f"{code} {_(title)}") for code, title in TITLES.items()]
        self.fields["code"].choices = [("", _("Kaikki tarkistukset")), *checks]  # type: ignore[attr-defined]
