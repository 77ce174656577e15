"""manage.py import_decision FILE [--json] [--project SLUG [--save --user NAME]]: what a paper says.

Only --save enters it into the project.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from financing.actions.papers import enter_paper
from financing.forms.papers import proposed_paper
from financing.importing.papers import Cost, Line
from financing.importing.proposal import Proposal, propose
from financing.queries.figures import figures_of
from financing.rules.known import known_figures
from mikrogrow.database.writing import write
from mikrogrow.management.database_errors import database_errors_as_sentences
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import format_euros, format_percent
from projects.decisions.check.checked import check_text
from projects.decisions.check.known import KnownFigures
from projects.decisions.check.words import sentence_of
from projects.decisions.plain_paper import plain_paper
from projects.management.papers import project_of_argument, text_of_argument
from projects.models import Project, own_city


class Command(BaseCommand):
    help = _(
        "Lukee valmiin päätöksen ja näyttää, mitä luettiin; hankkeen kanssa myös luvut, jotka eivät täsmää "
        "hankkeen tietoihin. Mitään ei tallenneta ilman valintaa --save: se kirjaa hankkeeseen siitä "
        "puuttuvat osapuolet, suunnitelmien luonnokset, yhteiset kustannukset ja päätöksen luonnoksen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("PDF tai tekstitiedosto (UTF-8), tai - vakiosyötteestä"))
        parser.add_argument("--json", action="store_true", help=_("tulosta luettu yhtenä JSON-oliona"))
        parser.add_argument("--project", metavar="SLUG", help=_("vertaa lukuja hankkeen tietoihin"))
        parser.add_argument("--save", action="store_true", help=_("kirjaa päätös hankkeeseen --project"))
        parser.add_argument(
            "--user", metavar="NAME", help=_("kenen nimissä kirjataan; vain valinnan --save kanssa")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        text = text_of_argument(options["file"])
        with database_errors_as_sentences():
            self._read(text, options)

    def _read(self, text: str, options: dict[str, Any]) -> None:
        project = project_of_argument(options["project"]) if options["project"] else None
        # What the project had before the paper: of what is saved nothing would differ.
        known = known_figures(figures_of(project)) if project else KnownFigures(())
        proposal = None
        if options["save"] or not options["json"]:
            city = own_city()
            proposal = propose(text, city.name if city else "")
        if project and proposal and options["save"]:
            self._enter(proposal, project, options["user"])
        if options["json"]:
            self.stdout.write(json.dumps(plain_paper(text, known), ensure_ascii=False, indent=1))
        elif proposal and not options["save"]:
            for line in [*filter(None, [proposal.foreign]), *_shown(proposal), *_differences(text, known)]:
                self.stdout.write(line)

    def _enter(self, proposal: Proposal, project: Project, username: str) -> None:
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("Käyttäjää ”%s” ei ole, tai käyttäjätunnus ei ole käytössä.") % username)
        key = project.pk
        try:
            outcome = write(
                lambda: enter_paper(entered=proposed_paper(proposal), user=user, project=project),
                lambda: [key],
            )
        except PermissionDenied as error:
            raise CommandError(
                _("Käyttäjä ”%s” ei saa kirjata hankkeita ja päätöksiä.") % username
            ) from error
        except ValidationError as error:
            raise CommandError(" ".join([_("Mitään ei kirjattu."), *error.messages])) from error
        for sentence in outcome.left_out:
            self.stderr.write(sentence)
        self.stderr.write(_("Kirjattu hankkeeseen %s.") % project)


def _check(options: dict[str, Any]) -> None:
    """Raises CommandError if it is not clear what is to be saved, and where."""
    if not options["save"]:
        if options["user"]:
            raise CommandError(
                _("Mitään ei kirjattu. Anna myös --save, jos päätös kirjataan; muuten jätä --user pois.")
            )
        return
    if not options["project"]:
        raise CommandError(_("Anna myös --project: hanke, johon kirjataan."))
    if not options["user"]:
        raise CommandError(_("Anna --user: käyttäjä, jonka nimissä kirjataan."))


def _differences(text: str, known: KnownFigures) -> Iterator[str]:
    check = check_text(text, known)
    for contradiction in check.contradictions:
        yield f"{_('Ristiriita')}: {contradiction.sentence}"
    for match in check.alarms:
        yield f"{_('Poikkeaa hankkeesta')}: {sentence_of(match)}"


def _shown(proposal: Proposal) -> list[str]:
    header, facts, money = proposal.paper.header, proposal.facts, proposal.money
    cap = money.cap
    rows: list[tuple[str, str | None]] = [
        (_("Organisaatio"), header.city),
        (_("Toimielin"), header.body),
        (_("Asiakirja"), header.document),
        (_("Kokouspäivä"), format_date(header.meeting_date) if header.meeting_date else None),
        (_("Pykälä"), header.section),
        (_("Asianumero"), header.case_number),
        (_("Otsikko"), header.title),
        *((each.role, " ".join(filter(None, [each.title, each.name]))) for each in proposal.paper.officials),
        (_("Osat"), ", ".join(part.name for part in proposal.paper.parts if part.name)),
        (_("Liitteet"), ", ".join(each.title for each in proposal.paper.attachments)),
        (_("Hanke"), facts.name),
        (_("Toteutusaika"), format_period(facts.starts_on, facts.ends_on) if facts.starts_on else None),
        *((str(each.role.label), each.name) for each in proposal.parties),
        (_("Koko hankkeen kustannukset"), _cost(money.total)),
        *((_("Koko hanke"), _line(line)) for line in money.whole_lines),
        *((_("Koko hanke %s") % year, _euros(amount)) for year, amount in sorted(money.whole_years.items())),
        *(
            (_("Koko hanke, %s") % category.label, _euros(amount))
            for category, amount in money.whole_categories.items()
        ),
        (_("Kaupungin osan kustannukset"), _cost(money.part)),
        *((_("Kaupungin osa"), _line(line)) for line in money.part_lines),
        *((str(year), _euros(amount)) for year, amount in sorted(money.years.items())),
        *((str(category.label), _euros(amount)) for category, amount in money.categories.items()),
        *([(_("Tulot"), _euros(money.revenue))] if money.revenue else []),
        *(
            (f"{line.name} {year}", _euros(amount))
            for line in money.part_lines
            for year, amount in sorted(line.years.items())
        ),
        *((_("Yhteinen kustannus"), f"{e.on_behalf_of} {_euros(e.amount)}".strip()) for e in money.shared),
        (_("Valtuutus, enintään"), _euros(cap.amount) if cap else None),
        *((_("Jätetty tyhjäksi"), note) for note in dict.fromkeys(proposal.gaps.values())),
        (_("Ei ymmärretty"), " / ".join(proposal.paper.unread.split("\n")) or _("ei mitään")),
    ]
    return [f"{name}: {value or _('ei luettu')}" for name, value in rows]


def _euros(amount: Any) -> str | None:
    return None if amount is None else format_euros(amount)


def _cost(cost: Cost) -> str | None:
    euros = _euros(cost.amount)
    return _("noin %s") % euros if euros and cost.is_approximate else euros


def _line(line: Line) -> str:
    share = None if line.share is None else format_percent(line.share)
    return " ".join(filter(None, [line.name, _euros(line.amount), share]))
