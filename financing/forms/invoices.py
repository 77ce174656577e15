"""The filter of invoices, and the forms of an invoice's steps."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financing.choices import InvoiceStatus
from mikrogrow.fields import DateFormField, OpenTextFormField

LONGEST_TEXT = 2000


class InvoiceFilter(forms.Form):
    """Ignores an unknown state or year."""

    status = forms.ChoiceField(
        label=_("Tila"), required=False, choices=[("", _("Kaikki tilat")), *InvoiceStatus.choices]
    )
    year = forms.TypedChoiceField(label=_("Kustannusvuosi"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, years: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("Kaikki vuodet")),
            *((year, str(year)) for year in sorted(years)),
        ]
        self.is_valid()

    @property
    def asked_status(self) -> str:
        return self.cleaned_data.get("status") or ""

    @property
    def asked_year(self) -> int | None:
        return self.cleaned_data.get("year")


def _text(label: Any, required: Any, help_text: Any = "") -> OpenTextFormField:
    return OpenTextFormField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": required,
            "max_length": _(
                "Kirjoita enintään %(limit_value)s merkkiä. Tekstissä on %(show_value)s merkkiä."
            ),
        },
    )


def _day_on_paper(label: Any) -> DateFormField:
    return DateFormField(
        label=label,
        required=False,
        help_text=_("Täytä vain, jos se tehtiin paperilla, ennen kuin lasku kirjattiin tänne."),
    )


class CheckForm(forms.Form):
    checked_on = _day_on_paper(_("Tarkastettu paperilla"))


class InvoiceApprovalForm(forms.Form):
    """An explanation is needed if a limit is exceeded, or of a day on paper: the action says which."""

    explanation = _text(
        _("Selitys"),
        "",
        _(
            "Miksi lasku hyväksytään, vaikka enimmäismäärä ylittyy, tai mistä asiakirjasta hyväksyminen "
            "näkyy?"
        ),
    )
    approved_on = _day_on_paper(_("Hyväksytty paperilla"))


class PaymentForm(forms.Form):
    paid_on = DateFormField(
        label=_("Maksupäivä"), error_messages={"required": _("Anna päivä, jona lasku maksettiin.")}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"paid_on": timezone.localdate()}, **options})


class RejectionForm(forms.Form):
    reason = _text(
        _("Hylkäämisen syy"), _("Kirjoita, miksi lasku hylätään."), _("Syy jää näkyviin laskun tietoihin.")
    )
