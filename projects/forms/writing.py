"""What a preparer types of a decision: its facts, parts, officials and annexes."""

from typing import Any
from unicodedata import normalize

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.pdf.glyphs import only_printable
from mikrogrow.values.typed_text import excerpt, name_key
from mikrogrow.web.row_forms import RemovalForm, RowForm
from projects.choices import CONDITIONS
from projects.decisions.instructions import near_name
from projects.decisions.leading_on import title_of_next
from projects.decisions.writing import FACTS, OF_OFFICIAL
from projects.models import Attachment, Decision, DecisionBody, DecisionOfficial, DecisionPart

LEAST_ROWS, ROW_OF_TEXT = 4, 80


class FactsForm(RowForm):
    class Meta:
        model = Decision
        fields: tuple[str, ...] = FACTS
        help_texts = {
            "body": _("Esimerkiksi Kaupunginhallitus."),
            "case_number": _("Esimerkiksi 4834/02.05.02.01/2017."),
            "amends": _("Vain, kun päätös muuttaa jo tehtyä päätöstä."),
            "section": _("Tyhjä, kunnes kokouksen pykälä tiedetään."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        amends: Any = self.fields["amends"]
        amends.queryset = Decision.objects.in_force().filter(project=self.instance.project)
        if amends.empty_label:
            amends.empty_label = _("Ei muuta aiempaa päätöstä")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        body = typed.get("body") or ""
        if body and "body" in self.changed_data and (near := near_name(body, DecisionBody.objects.all())):
            self._ask_of_body(body, near)
        return typed

    def _ask_of_body(self, body: str, near: str) -> None:
        """A body that is new is not in the register yet."""
        sentence = gettext(
            "Luettiin ”%(read)s”. Sennimistä toimielintä ei ole luettelossa. Tarkoititko ”%(near)s”? "
            "Jos nimi on oikein, tallenna uudelleen."
        )
        about = "_".join(name_key(body).split())
        self.ask("body", f"body={about}", sentence % {"read": excerpt(body), "near": near})


class StartForm(FactsForm):
    """A new decision. What can be known of it is proposed."""

    is_drafted = forms.BooleanField(
        label=_("Laadi osista ensimmäinen luonnos hankkeen tiedoista"), required=False, initial=True
    )

    class Meta(FactsForm.Meta):
        fields: tuple[str, ...] = ("title", "body", "meeting_date", "case_number", "amends")

    def clean(self) -> dict[str, Any]:
        """An amendment has the title and the case number of what it amends, unless others were typed."""
        typed = super().clean()
        amended = typed.get("amends")
        if amended is not None:
            if typed.get("title") == self.get_initial_for_field(self.fields["title"], "title"):
                typed["title"] = title_of_next(amended)
            typed["case_number"] = typed.get("case_number") or amended.case_number
        return typed


class TextForm(RowForm):
    """A part of the text, perhaps one that has none yet."""

    is_of_stored = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields[self.column]
        field.required = False
        field.help_text = ""
        field.label = self.label
        text = str(self[self.column].value() or "")
        # Fits its text, as far as can be told without a browser.
        lines = sum(1 + len(line) // ROW_OF_TEXT for line in text.split("\n"))
        field.widget.attrs |= {"rows": max(LEAST_ROWS, lines + 1), "class": "part-text", "spellcheck": "true"}

    @property
    def column(self) -> str:
        return next(iter(self.fields))

    @property
    def text_field(self) -> forms.BoundField:
        return self[self.column]

    @property
    def has_unprintable(self) -> bool:
        typed = str(self.text_field.value() or "")
        return only_printable(typed) != normalize("NFC", typed)

    @property
    def kind(self) -> str:
        return str(self.instance.kind)

    @property
    def label(self) -> str:
        return str(self.instance.get_kind_display())

    @property
    def owner(self) -> Any:
        return self.instance.decision

    def rows_shown(self) -> Q:
        """Those of the history: the part may have been removed, or written anew."""
        return Q(decision=self.instance.decision_id, kind=self.kind)


class PartForm(TextForm):
    class Meta:
        model = DecisionPart
        fields = ("text",)


class ConditionsForm(TextForm):
    class Meta:
        model = Decision
        fields = ("conditions",)

    @property
    def kind(self) -> str:
        return CONDITIONS

    @property
    def label(self) -> str:
        return gettext("Ehdot")

    @property
    def owner(self) -> Any:
        return self.instance

    def rows_shown(self) -> Q:
        return Q(id=self.instance.pk)


class OfficialForm(RowForm):
    class Meta:
        model = DecisionOfficial
        fields = OF_OFFICIAL


class OfficialRemovalForm(RemovalForm):
    button = _("Poista henkilö päätöksestä")

    class Meta:
        model = DecisionOfficial
        fields: tuple[str, ...] = ()


class AnnexRemovalForm(RemovalForm):
    button = _("Poista liite")

    class Meta:
        model = Attachment
        fields: tuple[str, ...] = ()
