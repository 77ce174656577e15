"""A project from a decision that exists already: its paper, what was read of it, and a draft plan."""

from contextlib import suppress
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from financing.actions.papers import (
    EnteredPaper,
    Outcome,
    enter_paper,
    may_enter,
    may_enter_decision,
    may_enter_into,
)
from financing.forms.paper_groups import Group, groups_of, open_at_first_error, open_at_new_row, with_new_row
from financing.forms.paper_notes import add_notes, sections_to_choose
from financing.forms.papers import ROWS, PaperForms, entered_paper, paper_forms
from financing.importing.proposal import Proposal, foreign_sentence, propose
from financing.queries.entered import KnownProject, known_project, projects_of_case
from mikrogrow.admin import add_once
from mikrogrow.admin.base import contradiction
from mikrogrow.database.writing import write
from mikrogrow.sheets.carrying import pack, unpack
from mikrogrow.web.kept_forms import query_of, shown_again
from mikrogrow.web.kept_previews import KeptPreview
from projects.choices import DecisionPartKind, ImplementerRole
from projects.decisions.check.checked import contradictions_in
from projects.decisions.importing.decision import ReadDecision
from projects.decisions.papers import of_one_item, text_of_file
from projects.decisions.source_marks import marked_source
from projects.models import Decision, Project, own_city

# More people hardly enter papers of the same parties at one moment.
TIMES = 4
LARGEST_FILE = 10_000_000


def import_paper(request: HttpRequest) -> HttpResponse:
    if not (may_enter(request.user) or may_enter_into(request.user)):
        raise PermissionDenied
    again = shown_again(request)
    step = _Step(request, again.fields if again else request.POST)
    if again is not None:
        messages.warning(request, again.sentence)
        step.show_again()
    elif step.kept.is_asked_for:
        step.show_kept()
    elif request.method == "POST":
        saved = step.take()
        if saved:
            return redirect(saved)
    return render(request, "financing/paper.html", step.context(), status=422 if step.error else 200)


class _Step:
    """One request: what was sent, and the page that answers it."""

    def __init__(self, request: HttpRequest, typed: Any) -> None:
        self.request = request
        self.typed = typed
        self.salt = f"paper.{request.user.pk}"
        self.kept = KeptPreview(request)
        self.with_decision = may_enter_decision(request.user)
        self.known: KnownProject | None = None
        self.error = ""
        self.text = ""
        self.token = ""
        self.forms: PaperForms | None = None
        # A list of which one more row was asked for.
        self.added = ""
        self.has_focus = False
        self.key = typed.get(add_once.FORM_KEY) or add_once.new_key()

    def show_again(self) -> None:
        if "paper" in self.typed and self._carried():
            self.token = self.typed["paper"]

    def show_kept(self) -> None:
        """What was read before, with what was typed into it until it was refused."""
        fields = self.kept.fields()
        if not fields:
            return
        try:
            self._choose(fields["project"])
        except ValidationError as error:
            self.error = error.messages[0]
            return
        self.text = fields["text"]
        typed = query_of(fields["typed"]) if "typed" in fields else None
        self.key = typed.get(add_once.FORM_KEY, self.key) if typed else self.key
        proposal = None if typed else self._proposal
        self.forms = paper_forms(typed, proposal, with_decision=self.with_decision, known=self.known)
        self.added = fields.get("added", "")
        if self.added in self.forms.rows:
            open_at_new_row(self.forms, self.added)

    def take(self) -> str:
        """Where to go, or empty if a page is to be shown."""
        if "paper" in self.typed:
            if not self._carried():
                return ""
            return self._add_row(self.typed["add"]) if self.typed.get("add") in ROWS else self._confirm()
        try:
            self._choose(self.typed.get("project", ""))
            self.text = self._sent_text()
        except ValidationError as error:
            self.error = error.messages[0]
            self.text = self.typed.get("text", "")
            return ""
        return self.kept.keep(self._kept())

    @cached_property
    def _proposal(self) -> Proposal:
        city = own_city()
        return propose(self.text, city.name if city else "")

    def _projects(self) -> QuerySet[Project]:
        """Into which the person may enter a paper."""
        projects = Project.objects.visible_to(self.request.user).order_by("short_name", "pk")
        return projects if may_enter_into(self.request.user) else projects.none()

    def _choose(self, key: str) -> None:
        """The project that is entered into; empty is a new one."""
        if not key and may_enter(self.request.user):
            return
        project = self._projects().filter(pk=key).first() if _is_key(key) else None
        if project is None:
            raise ValidationError(_("Hanketta, johon päätös kirjataan, ei ole. Valitse se uudelleen."))
        self.known = known_project(project)

    def _sent_text(self) -> str:
        file: Any = self.request.FILES.get("file")
        if file is not None and file.size > LARGEST_FILE:
            raise ValidationError(_("Tiedosto on liian suuri. Päätöksen tiedosto on enintään 10 Mt."))
        text = self.typed.get("text", "")
        if file is not None and text.strip():
            raise ValidationError(
                _(
                    "Annoit sekä tekstin että tiedoston. Anna vain toinen: tyhjennä teksti, tai jätä "
                    "tiedosto valitsematta."
                )
            )
        if file is not None:
            text = text_of_file(str(file.name)[-100:], file.read())
        if not text.strip():
            raise ValidationError(_("Liitä päätöksen teksti tai valitse tiedosto."))
        return of_one_item(text)

    def _carried(self) -> bool:
        """Whether the text that the page carried is there still."""
        try:
            carried = unpack(self.typed["paper"], self.salt)
            self.text = carried["text"]
            self._choose(carried["project"])
        except ValidationError as error:
            self.error = error.messages[0]
            return False
        self.forms = paper_forms(self.typed, None, with_decision=self.with_decision, known=self.known)
        return True

    def _add_row(self, name: str) -> str:
        """The address of the page with one more row, and with everything else as it was typed."""
        # No fragment: with one, the browser would not go to the new row.
        return self._keep_typed(with_new_row(self.typed, name), added=name)

    def _keep_typed(self, typed: QueryDict, **more: str) -> str:
        """Who comes back finds what was typed. The text is not kept twice."""
        fields = [(name, values) for name, values in typed.lists() if name not in {"paper", "add"}]
        return self.kept.keep({**self._kept(), "typed": fields, **more})

    def _confirm(self) -> str:
        assert self.forms is not None
        self._keep_typed(self.typed)
        if not self.forms.is_valid():
            return self._refuse()
        try:
            address, outcome = self._write(entered_paper(self.forms))
        except ValidationError as error:
            self.forms.refuse(error)
            return self._refuse()
        self.kept.forget()
        if outcome:
            self._tell(outcome)
        return address

    def _refuse(self) -> str:
        assert self.forms is not None
        self.error = _("Mitään ei tallennettu. Korjaa ensin alla luetellut kohdat.")
        self.has_focus = open_at_first_error(self.forms)
        return ""

    def _tell(self, outcome: Outcome) -> None:
        sentence = (
            _(
                "Päätös on kirjattu hankkeeseen ”%s”. Suunnitelmat ovat luonnoksia: tarkista niiden "
                "havainnot alta ja hyväksy suunnitelmat."
            )
            if self.known
            else _(
                "Hanke ”%s” on lisätty päätöksestä. Suunnitelmat ovat luonnoksia: tarkista niiden havainnot "
                "alta ja hyväksy suunnitelmat."
            )
        )
        if outcome.is_empty:
            sentence = _("Hankkeeseen ”%s” ei kirjattu mitään uutta.")
            messages.warning(self.request, sentence % outcome.project.short_name)
        else:
            messages.success(self.request, sentence % outcome.project.short_name)
        if outcome.decision is not None:
            messages.info(self.request, _decision_words(outcome.decision))
        for reason in outcome.left_out:
            messages.warning(self.request, reason)

    def _write(self, entered: EnteredPaper) -> tuple[str, Outcome | None]:
        keys = [self.known.project.pk] if self.known else []
        for _time in range(TIMES):
            with suppress(IntegrityError):
                return write(lambda: self._enter(entered), lambda: keys)
            # Somebody added the same organisation or source meanwhile: now it is there.
        raise ValidationError(contradiction())

    def _enter(self, entered: EnteredPaper) -> tuple[str, Outcome | None]:
        """The address of the project, and what was entered if it was now."""
        if (before := add_once.earlier(self.request)) is not None and before.address:
            return before.address, None
        # Read again: the form has put what was typed into the one that it was made of.
        project = Project.objects.get(pk=self.known.project.pk) if self.known else None
        outcome = enter_paper(entered=entered, user=self.request.user, project=project)
        address = reverse("financing", args=[outcome.project.slug])
        add_once.remember(self.request, address)
        return address, outcome

    @property
    def _read(self) -> ReadDecision:
        return self._proposal.paper

    def _warnings(self) -> list[str]:
        """What may make the paper one that is not to be entered here."""
        city, header = own_city(), self._read.header
        foreign = foreign_sentence(header.city or "", city.name if city else "")
        same = projects_of_case(header.case_number or "", self.request.user)
        if self.known:
            same = same.exclude(pk=self.known.project.pk)
        sentence = _('Samalla asianumerolla on jo hanke <a href="{address}">{name}</a>.')
        addresses = [(reverse("project", args=[each.slug]), each.short_name) for each in same]
        return [
            *([foreign] if foreign else []),
            *(format_html(sentence, address=address, name=name) for address, name in addresses),
        ]

    def _groups(self, page: PaperForms) -> dict[str, Group]:
        has_lead = self.known is not None and any(
            party.role == ImplementerRole.LEAD for party in self.known.parties
        )
        notes = add_notes(page, self._proposal, has_lead=has_lead)
        return groups_of(page, {self.added, *sections_to_choose(self._proposal)}, notes)

    def _kept(self) -> dict[str, Any]:
        return {"text": self.text, "project": str(self.known.project.pk) if self.known else ""}

    def context(self) -> dict[str, Any]:
        return {
            "error": self.error,
            "text": self.text,
            "forms": self.forms,
            "unread": self._read.unread if self.forms else "",
            "source": marked_source(self.text, contradictions_in(self.text)) if self.forms else None,
            "groups": self._groups(self.forms) if self.forms else None,
            "refusals": self.forms.refusals if self.forms else (),
            "has_focus": self.has_focus,
            "address": self.request.get_full_path(),
            "warnings": self._warnings() if self.forms else (),
            "token": self.token or (pack(self._kept(), self.salt) if self.forms else ""),
            "key": self.key,
            "known": self.known,
            "projects": None if self.forms else self._projects(),
            "chosen": self.typed.get("project", ""),
            "may_add": may_enter(self.request.user),
        }


def _decision_words(decision: Decision) -> SafeString:
    """What to do next with the draft, and where what was not understood is."""
    sentences = [
        _(
            'Päätös <a href="{address}">{name}</a> on luonnos eikä vielä valtuuta mitään. Tarkista se ja '
            '<a href="{decide}">merkitse se päätetyksi</a>.'
        )
    ]
    if decision.parts.filter(kind=DecisionPartKind.SOURCE).exists():
        sentences.append(
            _(
                "Mitä asiakirjasta ei ymmärretty, on päätöksen sivulla kohdassa "
                '<a href="{address}#{source}">{part}</a>. Sitä ei tulosteta.'
            )
        )
    return format_html(
        " ".join(sentences),
        address=decision.get_absolute_url(),
        name=decision,
        decide=reverse("decide_decision", args=[decision.pk]),
        source=DecisionPartKind.SOURCE,
        part=DecisionPartKind.SOURCE.label,
    )


def _is_key(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 10
