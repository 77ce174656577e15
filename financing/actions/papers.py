"""Enters what a person has confirmed of a decision's paper: a project, draft plans and a draft decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from financing.choices import CostCategory, SourceClass
from financing.models import (
    Commitment,
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
    SharedCost,
)
from financing.queries.entered import (
    KnownProject,
    PlanState,
    decision_sentence,
    known_project,
    shared_sentence,
)
from mikrogrow.database.placed import check_placed
from mikrogrow.database.transitions import log_action
from mikrogrow.history import with_author
from mikrogrow.values.typed_text import name_key
from projects.choices import DecisionPartKind, ImplementerRole, OrganisationKind
from projects.models import (
    Attachment,
    CoImplementer,
    Decision,
    DecisionOfficial,
    DecisionPart,
    Organisation,
    Project,
    own_city,
)

Values = Mapping[str, Any]
Row = TypeVar("Row", bound=Model)
_KINDS = (
    ("kehittämisrahasto", OrganisationKind.FUND),
    ("liitto", OrganisationKind.REGIONAL_COUNCIL),
    ("yliopisto", OrganisationKind.UNIVERSITY),
    ("ammattikorkeakoulu", OrganisationKind.UNIVERSITY),
    ("kaupunki", OrganisationKind.MUNICIPALITY),
    ("kunta", OrganisationKind.MUNICIPALITY),
    (" oy", OrganisationKind.COMPANY),
)


class MisplacedError(ValidationError):
    """What prevents it, and where: the values of a row, or the name of a list that lacks something."""

    def __init__(self, message: Any, place: Values | str) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True)
class EnteredPaper:
    """Values of the fields of the rows. `decision` is None for who prepares no decisions."""

    project: Values
    part: Values
    parties: Sequence[Values]
    part_lines: Sequence[Values]
    whole_lines: Sequence[Values]
    part_years: Sequence[Values]
    whole_years: Sequence[Values]
    part_categories: Sequence[Values]
    whole_categories: Sequence[Values]
    part_source_years: Sequence[Values]
    whole_source_years: Sequence[Values]
    shared: Sequence[Values]
    decision: Values | None
    officials: Sequence[Values]
    texts: Sequence[Values]
    attachments: Sequence[Values]
    # Whether a plan of which a version is approved gets a new draft.
    opens_whole: bool = True
    opens_part: bool = True


@dataclass(frozen=True)
class Outcome:
    """`left_out` says why something was not entered; `decision` is the draft that was.

    `is_empty` if the project had all that the paper has.
    """

    project: Project
    left_out: Sequence[str]
    decision: Decision | None = None
    is_empty: bool = False


def enter_paper(*, entered: EnteredPaper, user: Any, project: Project | None = None) -> Outcome:
    """In an open transaction. Raises PermissionDenied, or ValidationError with what prevents it.

    Into a project that exists only what it lacks is entered: fields, parties, shared costs and the decision.
    Of a plan that is approved a new version is drafted.
    """
    may = may_enter(user) if project is None else may_enter_into(user)
    if not may or (entered.decision is not None and not may_enter_decision(user)):
        raise PermissionDenied
    return _Entry(user).enter(entered, project)


def may_enter(user: Any) -> bool:
    return bool(user.has_perms(["projects.add_project", "financing.add_financingplan"]))


def may_enter_into(user: Any) -> bool:
    """Into projects that exist."""
    return bool(user.has_perms(["projects.change_project", "financing.add_financingplan"]))


def may_enter_decision(user: Any) -> bool:
    return bool(user.has_perms(["projects.add_decision", "financing.add_commitment"]))


class _Entry:
    """One paper on its way into the database: parties and sources that exist are used, others are added."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.done = _("Tuotu päätöksestä.")
        self.organisations = {name_key(each.name): each for each in Organisation.objects.all()}
        self.sources = {name_key(each.name): each for each in FundingSource.objects.all()}
        self.parties: dict[str, CoImplementer] = {}
        self.known: KnownProject | None = None
        self.left_out: list[str] = []
        self.is_empty = True

    def enter(self, entered: EnteredPaper, known: Project | None) -> Outcome:
        if known is None:
            slug = _free_slug(entered.project["short_name"])
            project = self._add(Project(slug=slug, **entered.project), entered.project)
        else:
            project = known
            self.known = known_project(known)
            self.parties = {name_key(party.organisation.name): party for party in self.known.parties}
            self._fill(project, entered.project)
        for values in entered.parties:
            self._add_party(project, values)
        city = next((each for each in self.parties.values() if each.organisation.is_own_city), None)
        if (has_part(entered) or entered.shared) and city is None:
            raise MisplacedError(_no_city(), "parties")
        self._add_plans(project, city, entered)
        if city is not None and entered.shared:
            self._add_all_shared(city, entered.shared)
        decision = None
        if entered.decision is not None:
            decision = self._add_decision(project, entered.decision, entered)
        if not self.is_empty:
            log_action(project, self.user, self.done, CHANGE if known else ADDITION)
        return Outcome(project, self.left_out, decision, self.is_empty)

    def _fill(self, project: Project, values: Values) -> None:
        """Only what it lacks."""
        assert self.known is not None
        found = {
            name: values[name] for name in self.known.lacking if values.get(name) not in {None, "", False}
        }
        if not found:
            return
        self.is_empty = False
        for name, value in found.items():
            setattr(project, name, value)
        _check(project, values)
        with_author(project, self.user, self.done).save()

    def _add_plans(self, project: Project, city: CoImplementer | None, entered: EnteredPaper) -> None:
        if _has_whole(entered):
            state = self.known.whole if self.known else None
            whole = FinancingPlan(whole_project=project)
            if plan := self._draft(whole, state, {}, opens=entered.opens_whole):
                self._add_rows(
                    plan,
                    entered.whole_lines,
                    entered.whole_source_years,
                    entered.whole_years,
                    entered.whole_categories,
                )
        if has_part(entered):
            state = self.known.part if self.known else None
            part = FinancingPlan(
                co_implementer=city,
                stated_cost=entered.part["cost"],
                stated_cost_is_approximate=entered.part["cost_is_approximate"],
            )
            if plan := self._draft(part, state, entered.part, opens=entered.opens_part):
                self._add_rows(
                    plan,
                    entered.part_lines,
                    entered.part_source_years,
                    entered.part_years,
                    entered.part_categories,
                )

    def _draft(
        self, plan: FinancingPlan, state: PlanState | None, values: Values, *, opens: bool
    ) -> FinancingPlan | None:
        """The plan as the next version, or None with the reason among what is left out."""
        if state is not None and not state.can_open:
            self.left_out.append(f"{plan.owner_name}: {state.sentence}")
            return None
        if state is not None and state.approved is not None:
            if not opens:
                return None
            plan.version, plan.reason = state.next_version, self.done
        return self._add(plan, values, stated_cost="cost")

    def _add_all_shared(self, city: CoImplementer, shared: Sequence[Values]) -> None:
        if self.known and self.known.shared:
            self.left_out.append(shared_sentence())
            return
        for values in shared:
            self._add_shared(city, values)

    def _add(self, row: Row, values: Values, **columns: str) -> Row:
        _check(row, values, **columns)
        with_author(row, self.user, self.done).save(force_insert=True)
        self.is_empty = False
        return row

    def _add_party(self, project: Project, values: Values) -> None:
        name = values["name"]
        organisation = self._organisation(values)
        known = self.parties.get(name_key(organisation.name))
        if known is not None and self.known and known in self.known.parties:
            return
        if known is not None:
            sentence = _("Organisaatio ”%s” on toteuttajissa kahdesti. Jätä toinen pois.") % name
            raise MisplacedError({"name": sentence}, values)
        lead = self._lead()
        if lead is not None and values["role"] == ImplementerRole.LEAD:
            raise MisplacedError({"role": _two_leads(lead, name)}, values)
        row = CoImplementer(project=project, organisation=organisation, role=values["role"])
        self.parties[name_key(organisation.name)] = self._add(row, values, organisation="name")

    def _lead(self) -> CoImplementer | None:
        return next((each for each in self.parties.values() if each.role == ImplementerRole.LEAD), None)

    def _organisation(self, values: Values) -> Organisation:
        name = values["name"]
        key = name_key(name)
        if key not in self.organisations:
            kind = next((kind for end, kind in _KINDS if key.endswith(end)), OrganisationKind.OTHER)
            is_developing = key.startswith("kehittämisyhtiö")
            kind = OrganisationKind.DEVELOPMENT_COMPANY if is_developing else kind
            self.organisations[key] = self._add(Organisation(name=name.strip(), kind=kind), values)
        return self.organisations[key]

    def _add_rows(
        self,
        plan: FinancingPlan,
        lines: Sequence[Values],
        source_years: Sequence[Values],
        years: Sequence[Values],
        categories: Sequence[Values],
    ) -> None:
        if years and any(values["year"] is not None for values in categories):
            raise MisplacedError(_twice_by_year(), "years")
        added = self._add_lines(plan, lines)
        for values in source_years:
            line = added.get(name_key(values["source"]))
            if line is None:
                raise MisplacedError({"source": _no_line() % values["source"]}, values)
            self._add(FinancingLineYear(line=line, year=values["year"], amount=values["amount"]), values)
        for values in years:
            self._add_costs(plan, values, CostCategory.NOT_BROKEN_DOWN, values["year"])
        # Without a year it is the same money as that of the years.
        for values in categories:
            self._add_costs(plan, values, values["category"], values["year"])

    def _add_costs(self, plan: FinancingPlan, values: Values, category: str, year: int | None) -> None:
        row = CostAllocation(plan=plan, category=category, year=year, amount=values["amount"])
        self._add(row, values)

    def _add_lines(self, plan: FinancingPlan, lines: Sequence[Values]) -> dict[str, FinancingLine]:
        """By the names of their sources."""
        added = {}
        for values in lines:
            line = self._add(
                FinancingLine(
                    plan=plan,
                    source=self._source(values, "source", values["source_class"]),
                    stated_amount=values["amount"],
                    stated_share=values["share"],
                ),
                values,
                stated_amount="amount",
                stated_share="share",
            )
            added[name_key(values["source"])] = line
            if values["includes"]:
                included = self._source(values, "includes", SourceClass.MUNICIPAL)
                with_author(line, self.user, self.done).also_includes.set([included])
        return added

    def _source(self, values: Values, field: str, source_class: str) -> FundingSource:
        name = values[field]
        key = name_key(name)
        if key not in self.sources:
            row = FundingSource(
                name=name.strip(), source_class=source_class, funder=self._funder(name, source_class)
            )
            self.sources[key] = self._add(row, values, name=field)
        return self.sources[key]

    def _funder(self, name: str, source_class: str) -> Organisation | None:
        """A party that the source is named after; of the EU's and the state's money the council."""
        parties = [party.organisation for party in self.parties.values()]
        # All but the last letter stays in "Oulun yliopiston rahoitus" and "Kuopion kaupungin omarahoitus".
        named = [each for each in parties if name_key(name).startswith(name_key(each.name)[:-2])]
        if named:
            return named[0]
        councils = [each for each in parties if each.kind == OrganisationKind.REGIONAL_COUNCIL]
        return councils[0] if source_class == SourceClass.EU_STATE and len(councils) == 1 else None

    def _add_shared(self, city: CoImplementer, values: Values) -> None:
        lead = self._lead()
        if lead is None:
            sentence = _(
                "Yhteiset kustannukset laskuttaa päätoteuttaja, mutta sellaista ei ole. "
                "Lisää se toteuttajiin."
            )
            raise MisplacedError(sentence, "parties")
        name = values["on_behalf_of"]
        behalf = self.parties.get(name_key(name)) if name else lead
        if behalf is None:
            sentence = _("Yhteinen kustannus: ”%s” ei ole toteuttajissa. Lisää se niihin tai korjaa nimi.")
            raise MisplacedError({"on_behalf_of": sentence % name}, values)
        row = SharedCost(payer=city, invoiced_by=lead, on_behalf_of=behalf, amount=values["amount"])
        self._add(row, values)

    def _add_decision(self, project: Project, values: Values, entered: EnteredPaper) -> Decision | None:
        if self.known and self.known.decision_of(values):
            self.left_out.append(decision_sentence())
            return None
        own = {name: values[name] for name in ("body", "meeting_date", "section", "case_number", "title")}
        decision = self._add(Decision(project=project, **own), values)
        for official in entered.officials:
            self._add(DecisionOfficial(decision=decision, **official), official)
        for kind, text in _texts(entered.texts).items():
            row = next(each for each in entered.texts if each["kind"] == kind)
            self._add(DecisionPart(decision=decision, kind=kind, text=text), row)
        for attachment in entered.attachments:
            self._add(Attachment(decision=decision, **attachment), attachment)
        if values["cap"] is not None:
            self._add(
                Commitment(
                    decision=decision,
                    project=project,
                    max_amount=values["cap"],
                    first_year=values["first_year"],
                    last_year=values["last_year"],
                    covers_shared_costs=values["covers_shared_costs"],
                ),
                values,
                max_amount="cap",
            )
        return decision


def _check(row: Model, values: Values, **columns: str) -> None:
    """`values` are those that a person typed; `columns` are those of another name on the page."""
    try:
        check_placed(row, {**{name: name for name in values}, **columns})
    except ValidationError as error:
        raise MisplacedError(error, values) from error


def has_part(entered: EnteredPaper) -> bool:
    rows = (entered.part_lines, entered.part_years, entered.part_categories, entered.part_source_years)
    return any(rows) or entered.part["cost"] is not None


def _has_whole(entered: EnteredPaper) -> bool:
    rows = (entered.whole_lines, entered.whole_years, entered.whole_categories, entered.whole_source_years)
    return any(rows)


def _texts(texts: Sequence[Values]) -> dict[str, str]:
    """Several parts of one kind follow each other, each under its own name."""
    found: dict[str, list[str]] = {}
    for values in texts:
        kind, name, text = values["kind"], values["name"], values["text"].strip()
        if kind and text:
            is_usual = name.casefold() == str(DecisionPartKind(kind).label).casefold()
            found.setdefault(kind, []).append(text if is_usual or not name else f"{name}\n\n{text}")
    return {kind: "\n\n".join(parts) for kind, parts in found.items()}


def _two_leads(lead: CoImplementer, name: str) -> str:
    return _(
        "Hankkeen päätoteuttaja on jo ”%(lead)s”, mutta päätoteuttajaksi luettiin ”%(name)s”. Vaihda "
        "jälkimmäisen rooli sivulla ”Tuo päätös asiakirjasta” tai korjaa hankkeen päätoteuttaja ylläpidossa."
    ) % {"lead": lead.organisation.name, "name": name}


def _no_line() -> str:
    return _(
        "Rahoitus vuosittain: ”%s” ei ole kaupungin osan rahoituslähteissä. Lisää se niihin, korjaa nimi "
        "tai tyhjennä rivi."
    )


def _twice_by_year() -> str:
    return _(
        "Vuosien kustannukset ovat kahdesti: omilla riveillään ja kustannuslajien riveillä, joilla on vuosi. "
        "Tyhjennä toiset."
    )


def _no_city() -> str:
    if own_city() is None:
        return _(
            "Omaa kaupunkia ei ole vielä kirjattu. Lisää ylläpidossa organisaatio, jolla on valinta "
            "”oma kaupunki”."
        )
    return _(
        "Kaupunki ei ole toteuttajissa. Lisää se, tai poista kaupungin osan luvut ja yhteiset kustannukset."
    )


def _free_slug(name: str) -> str:
    start = slugify(name)[:50] or "hanke"
    taken = set(Project.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    return next(slug for slug in (start, *(f"{start}-{n}" for n in range(2, 10_000))) if slug not in taken)
