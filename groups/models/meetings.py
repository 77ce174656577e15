"""Monthly meetings of groups, and who was there."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.choices import MeetingStatus
from groups.models.companies import Company, nameless
from groups.models.experiments import Experiment
from groups.models.groups import CompanyGroup
from groups.querysets import MeetingQuerySet
from mikrogrow.belonging import Belongs
from mikrogrow.fields import LONGEST_TEXT, DateField
from mikrogrow.history import History
from mikrogrow.resting import changed_fields
from mikrogrow.values.dates import format_date
from projects.models import ProjectPoint, year_between

# What an event of a calendar shows of its meeting.
SHOWN_IN_CALENDARS = ("group", "status", "day", "begins_at", "ends_at", "place", "host", "theme", "programme")


class Meeting(models.Model):
    """A group's meeting of a month: planned, and then held or cancelled. A month of neither was missed."""

    group = models.ForeignKey(
        CompanyGroup, models.CASCADE, related_name="meetings", verbose_name=_("yritysryhmä")
    )
    year = models.PositiveSmallIntegerField(_("vuosi"))
    month = models.PositiveSmallIntegerField(
        _("kuukausi"),
        help_text=_("Minkä kuukauden kokoontuminen tämä on, vaikka päivä siirtyisi."),
    )
    status = models.CharField(_("tila"), max_length=20, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    day = DateField(_("päivä"), null=True, blank=True)
    begins_at = models.TimeField(_("alkaa klo"), null=True, blank=True)
    ends_at = models.TimeField(_("päättyy klo"), null=True, blank=True)
    place = models.CharField(_("paikka"), max_length=200, blank=True)
    host = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("isäntäyritys"),
    )
    theme = models.CharField(_("aihe"), max_length=200, blank=True)
    host_trial = models.CharField(_("isännän kokeilu"), max_length=300, blank=True)
    programme = models.TextField(_("ohjelma"), max_length=LONGEST_TEXT, blank=True)
    experiments = models.ManyToManyField(
        Experiment, blank=True, related_name="meetings", verbose_name=_("käsitellyt kokeilut")
    )
    minutes = models.TextField(_("muistio"), max_length=LONGEST_TEXT, blank=True)
    agreed = models.TextField(_("mitä sovittiin"), max_length=LONGEST_TEXT, blank=True)
    cancelled_on = DateField(_("peruttu"), null=True, blank=True)
    cancel_reason = models.CharField(_("perumisen syy"), max_length=300, blank=True)
    serves = models.ManyToManyField(
        ProjectPoint, blank=True, related_name="meetings", verbose_name=_("tavoitteet ja lisäarvo")
    )
    uid = models.UUIDField(_("tunniste kalenterissa"), default=uuid.uuid4, editable=False, unique=True)
    # Grows each time a calendar has to take the meeting in again (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(_("muutosnumero"), default=0, editable=False)

    belongs = Belongs("group")
    # Only calendars know them.
    hidden_in_history = ("uid", "sequence")

    objects = MeetingQuerySet.as_manager()
    history = History(m2m_fields=["experiments", "serves"])

    class Meta:
        verbose_name = _("kokoontuminen")
        verbose_name_plural = _("kokoontumiset")
        ordering = ["group", "year", "month", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=year_between("year"),
                name="meeting_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="meeting_month_of_year",
                violation_error_message=_("Kuukausi on luku väliltä 1–12."),
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.HELD) | Q(day__isnull=False),
                name="meeting_held_has_day",
                violation_error_message=_("Pidetyllä kokoontumisella on päivä. Anna päivä."),
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.CANCELLED, cancelled_on__isnull=False) & ~Q(cancel_reason="")
                | ~Q(status=MeetingStatus.CANCELLED) & Q(cancelled_on__isnull=True, cancel_reason=""),
                name="meeting_cancelled_has_reason",
                violation_error_message=_(
                    "Perutulla kokoontumisella on perumispäivä ja syy, muilla kumpaakaan ei ole."
                ),
            ),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=models.F("begins_at")),
                name="meeting_times_in_order",
                violation_error_message=_("Kokoontuminen päättyy, ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(begins_at__isnull=False),
                name="meeting_end_has_beginning",
                violation_error_message=_("Anna myös alkamisaika, tai jätä päättymisaika tyhjäksi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.name} {format_date(self.day) if self.day else f'{self.month}/{self.year}'}"

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Every way of saving passes here; a signal's receiver could not add a column to `update_fields`."""
        if self._count_change() and update_fields is not None:
            update_fields = {*update_fields, "sequence"}
        super().save(update_fields=update_fields, **options)

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    def clean(self) -> None:
        """Who was there was at the meeting of this group."""
        if not changed_fields(self, "group_id"):
            return
        if self.status == MeetingStatus.HELD or self.attendances.exists() or self.guests.exists():
            raise ValidationError(
                {
                    "group": _(
                        "Kokoontuminen on pidetty, tai siihen on kirjattu osallistujia: ryhmä ei vaihdu."
                    )
                }
            )

    def _count_change(self) -> bool:
        """Sets `sequence` to the stored one, one more if calendars show something else from now on."""
        shown = [f.attname for f in self._meta.concrete_fields if f.name in SHOWN_IN_CALENDARS]
        stored = Meeting._base_manager.filter(pk=self.pk).values("sequence", *shown).first()
        if stored is None:
            return False
        has_changed = any(stored[name] != getattr(self, name) for name in shown)
        self.sequence = stored["sequence"] + has_changed
        return has_changed


class Attendance(models.Model):
    """Whether a company was at a meeting. Without a row nobody has said."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendances", verbose_name=_("kokoontuminen")
    )
    company = models.ForeignKey(Company, models.PROTECT, related_name="attendances", verbose_name=_("yritys"))
    is_present = models.BooleanField(_("läsnä"), default=True)

    belongs = Belongs("meeting")

    history = History()

    class Meta:
        verbose_name = _("läsnäolo")
        verbose_name_plural = _("läsnäolot")
        ordering = ["meeting", "company__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "company"],
                name="attendance_once",
                violation_error_message=_("Yritys on jo tämän kokoontumisen luettelossa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}"


class Guest(models.Model):
    """Somebody at a meeting who is of no member company. Without a history, as a ContactPerson."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="guests", verbose_name=_("kokoontuminen")
    )
    name = models.CharField(_("nimi"), max_length=120)
    organisation = models.CharField(_("organisaatio"), max_length=200, blank=True)

    belongs = Belongs("meeting")

    class Meta:
        verbose_name = _("vierailija")
        verbose_name_plural = _("vierailijat")
        # Who only looks sees companies, not people.
        default_permissions = ("add", "change", "delete")
        ordering = ["meeting", "name", "pk"]

    def __str__(self) -> str:
        return nameless(self)
