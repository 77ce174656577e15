"""manage.py import_decision FILE [--json] [--project SLUG --user NAME]: what a paper says, or enters it."""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from financing.actions.papers import enter_paper, own_city
from financing.forms.papers import proposed_paper
from financing.importing.papers import Cost, Line
from financing.importing.proposal import Proposal, propose
from mikrogrow.database.writing import write
from mikrogrow.management.database_errors import database_errors_as_sentences
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import format_euros, format_percent
from projects.decisions.check.checked import contradictions_in
from projects.decisions.papers import plain_paper
from projects.management.papers import no_project, text_of_argument
from projects.models import Project


class Command(BaseCommand):
    help = _(
        "Lukee valmiin päätöksen. Ilman hanketta näyttää, mitä luettiin; hankkeeseen kirjaa siitä puuttuvat "
        "osapuolet, suunnitelmien luonnokset, yhteiset kustannukset ja päätöksen luonnoksen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("PDF tai tekstitiedosto (UTF-8), tai - vakiosyötteestä"))
        parser.add_argument("--json", action="store_true", help=_("tulosta luettu yhtenä JSON-oliona"))
        parser.add_argument("--project", help=_("hankkeen tunnus osoitteessa: kirjaa siihen"))
        parser.add_argument("--user", help=_("kenen nimissä kirjataan; vaaditaan hankkeen kanssa"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["user"] and not options["project"]:
            raise CommandError(_("Anna myös --project: hanke, johon kirjataan."))
        text = text_of_argument(options["file"])
        with database_errors_as_sentences():
            self._read(text, options)

    def _read(self, text: str, options: dict[str, Any]) -> None:
        city = None if options["json"] and not options["project"] else own_city()
        if options["project"]:
            self._enter(propose(text, city.name if city else ""), options["project"], options["user"])
        if options["json"]:
            self.stdout.write(json.dumps(plain_paper(text), ensure_ascii=False, indent=1))
        elif not options["project"]:
            proposal = propose(text, city.name if city else "")
            for line in [*filter(None, [proposal.foreign]), *_shown(proposal)]:
                self.stdout.write(line)
            for contradiction in contradictions_in(text):
                self.stdout.write(f"{_('Ristiriita')}: {contradiction.sentence}")

    def _enter(self, proposal: Proposal, slug: str, username: str | None) -> None:
        project = Project.objects.filter(slug=slug).first()
        if project is None:
            raise CommandError(no_project(slug))
        if not username:
            raise CommandError(_("Anna --user: käyttäjä, jonka nimissä kirjataan."))
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
        (_("Valtuutus enintään"), _euros(cap.amount) if cap else None),
        *((_("Jätetty tyhjäksi"), note) for note in money.notes),
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
