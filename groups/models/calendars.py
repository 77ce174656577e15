"""Addresses from which calendars take in the meetings of a group, or of all of a project's groups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models.groups import CompanyGroup
from mikrogrow.belonging import Belongs
from mikrogrow.history import History
from projects.models import Project


class CalendarFeed(models.Model):
    """The calendar of one group, or of all groups of a project.

    Its address is secret but not stored: it is signed over the row's key and `number`, so that raising the
    number renews it.
    """

    project = models.OneToOneField(
        Project,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feed",
        verbose_name=_("hanke"),
    )
    group = models.OneToOneField(
        CompanyGroup,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feed",
        verbose_name=_("yritysryhmä"),
    )
    number = models.PositiveIntegerField(_("osoitteen järjestysnumero"), default=1)

    belongs = Belongs("project", or_to="group")

    history = History()

    class Meta:
        verbose_name = _("kalenteri")
        verbose_name_plural = _("kalenterit")
        # No form: who may change the groups, or runs one, makes its address on the page of calendars.
        default_permissions = ()
        ordering = ["project", "group"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=True) ^ Q(group__isnull=True),
                name="calendar_feed_of_project_or_group",
                violation_error_message=_("Kalenteri on joko hankkeen kaikkien ryhmien tai yhden ryhmän."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.group or _("kaikki ryhmät"))
