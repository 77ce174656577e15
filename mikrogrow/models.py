"""Log-ins, forms and previews that are kept, the logs of changes and of opened files, and versions."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginAttempts(models.Model):
    """How often a name, an address or both together failed to log in since a moment.

    Over its limit, a name is tried again at `open_at` at the earliest.
    """

    key = models.CharField(_("tunnus"), max_length=80, unique=True)
    since = models.DateTimeField(_("alkaen"), db_index=True)
    count = models.PositiveIntegerField(_("yrityksiä"), default=0)
    open_at = models.DateTimeField(_("seuraava yritys"), null=True)

    class Meta:
        verbose_name = _("kirjautumisyritykset")
        verbose_name_plural = _("kirjautumisyritykset")

    def __str__(self) -> str:
        return self.key


class KnownAddress(models.Model):
    """An address from which a person has logged in with a name. The key is a hash of both."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("henkilö")
    )
    key = models.CharField(_("tunnus"), max_length=80, unique=True)
    seen_at = models.DateTimeField(_("viimeksi"), db_index=True)

    class Meta:
        verbose_name = _("tuttu osoite")
        verbose_name_plural = _("tutut osoitteet")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class SavedForm(models.Model):
    """A form that added a row, so that sending it once more adds no second one.

    `content` is a hash of what was typed: other content under the same key was typed after going back.
    """

    key = models.CharField(_("avain"), max_length=64, unique=True)
    content = models.CharField(_("sisällön tiiviste"), max_length=64)
    address = models.CharField(_("lisätyn rivin osoite"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("tallennettu"), db_index=True)

    class Meta:
        verbose_name = _("tallennettu lomake")
        verbose_name_plural = _("tallennetut lomakkeet")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class KeptForm(models.Model):
    """What a person typed into a form and sent after the login had ended, until the next login.

    `content` is JSON: the fields without passwords, and the names of the chosen files.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("henkilö")
    )
    path = models.CharField(_("lomakkeen osoite"), max_length=500)
    content = models.TextField(_("mitä kirjoitettiin"))
    kept_at = models.DateTimeField(_("säilytetty"), db_index=True)

    class Meta:
        verbose_name = _("säilytetty lomake")
        verbose_name_plural = _("säilytetyt lomakkeet")
        default_permissions = ()

    def __str__(self) -> str:
        return self.path


class ImportPreview(models.Model):
    """What a person has read in of a file and not yet confirmed, for coming back to it.

    `key` is in the address of the preview, so that each tab of a browser has its own. `content` is JSON: the
    fields that the form would send.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("henkilö")
    )
    path = models.CharField(_("tuonnin osoite"), max_length=500)
    key = models.CharField(_("avain"), max_length=32)
    content = models.TextField(_("mitä luettiin"))
    kept_at = models.DateTimeField(_("säilytetty"), db_index=True)

    class Meta:
        verbose_name = _("tuonnin esikatselu")
        verbose_name_plural = _("tuontien esikatselut")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "path", "key"], name="import_preview_once")]

    def __str__(self) -> str:
        return self.path


class Change(models.Model):
    """One recorded change of one row: the log of all of them, in one order. Entries are added, never changed.

    `project` is the key of the row's project, or None; it is no foreign key, because the changes of a deleted
    project stay. `record` is the row's record in the history of its `model`, with all values. `version` is
    the number that the change gave to its project, 0 if it could change no figure; the column has no default
    in the database, so that the code of an earlier release cannot save what would leave figures out of date.
    """

    project = models.BigIntegerField(_("hanke"), null=True)
    model = models.CharField(_("rivin laji"), max_length=60)
    row = models.BigIntegerField(_("rivi"))
    record = models.BigIntegerField(_("historian rivi"))
    kind = models.CharField(_("mitä tehtiin"), max_length=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("henkilö")
    )
    at = models.DateTimeField(_("milloin"))
    version = models.BigIntegerField(_("versio"), default=0)

    class Meta:
        verbose_name = _("muutos")
        verbose_name_plural = _("muutokset")
        default_permissions = ()
        indexes = [
            models.Index(fields=["project", "-at", "-id"], name="change_by_project"),
            models.Index(fields=["model", "row"], name="change_by_row"),
        ]
        constraints = [models.UniqueConstraint(fields=["model", "record"], name="change_once_a_record")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}, {self.at}"

    @classmethod
    def note(cls, row: models.Model, *, sha256: str, user: Any, at: datetime) -> None:
        """Before the file is sent: if it cannot be noted, nobody gets it."""
        cls.objects.create(model=row._meta.label_lower, row=row.pk, sha256=sha256, user=user, at=at)


class Role(Group):
    """A role: one of the six of `mikrogrow/roles.py`, or the city's own with single rights on top of those.

    The groups of Django by the name that the city knows them by: its own groups are of companies.
    """

    class Meta:
        proxy = True
        verbose_name = _("rooli")
        verbose_name_plural = _("roolit")


class FileOpening(models.Model):
    """Who opened the file of which row, and when. Entries are added before the file is sent, never changed.

    As in `Change`, the row is no foreign key: who opened a file stays known after its row was deleted.
    `sha256` is that of what was sent, because a row's file can be replaced.
    """

    model = models.CharField(_("rivin laji"), max_length=60)
    row = models.BigIntegerField(_("rivi"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("henkilö")
    )
    at = models.DateTimeField(_("milloin"))

    class Meta:
        verbose_name = _("tiedoston avaus")
        verbose_name_plural = _("tiedostojen avaukset")
        default_permissions = ()
        indexes = [models.Index(fields=["model", "row", "-at"], name="file_opening_by_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}, {self.at}"

    @classmethod
    def note(cls, row: models.Model, *, sha256: str, user: Any, at: datetime) -> None:
        """Before the file is sent: if it cannot be noted, nobody gets it."""
        cls.objects.create(model=row._meta.label_lower, row=row.pk, sha256=sha256, user=user, at=at)


class Version(models.Model):
    """A random number that every recorded change of a project renews (mikrogrow/database/versions.py).

    `project` is a project's key, 0 for rows that belong to none, −1 for all kept summaries, or −2 for what
    projects need of appropriations.
    """

    project = models.BigIntegerField(_("hanke"), primary_key=True)
    number = models.BigIntegerField(_("luku"))

    class Meta:
        verbose_name = _("muutosversio")
        verbose_name_plural = _("muutosversiot")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.project}: {self.number}"


class ChangedProject(models.Model):
    """A project of which what is kept is computed anew before it is read.

    Or, with the project 0, a name that was changed or given: of projects with what people wrote under it.
    With `needs_kept` what it needs of appropriations is current, and only the rest is not.
    """

    project = models.BigIntegerField(_("hanke"))
    name = models.CharField(_("nimi"), max_length=200, blank=True)
    needs_kept = models.BooleanField(_("tarpeet laskettu"), default=False, db_default=False)

    class Meta:
        verbose_name = _("muuttunut hanke")
        verbose_name_plural = _("muuttuneet hankkeet")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.project)


class PrintState(models.TextChoices):
    WAITING = "waiting", _("odottaa")
    WORKING = "working", _("kootaan")
    DONE = "done", _("valmis")
    FAILED = "failed", _("keskeytyi")
    CANCELLED = "cancelled", _("peruttu")


class PrintKind(models.TextChoices):
    COLLECTION = "collection", _("vuoden päätökset")
    MEETING = "meeting", _("koko kokous")
    INTERNAL_MEETING = "internal_meeting", _("koko kokous, sisäinen versio")


# Nobody has to wait for it any more.
OPEN_PRINTS = (PrintState.WAITING, PrintState.WORKING)


class PrintOrder(models.Model):
    """A large document that somebody has ordered: made in the background, kept for a day.

    `worker` is the process that makes it, `seen_at` when it last said so. `problem` is a sentence. Once what
    it is made of gives another `basis`, it is out of date.
    """

    kind = models.CharField(_("laji"), max_length=20, choices=PrintKind, default=PrintKind.COLLECTION)
    key = models.CharField(_("asiakirja"), max_length=200)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("tilaaja")
    )
    ordered_at = models.DateTimeField(_("tilattu"), db_index=True)
    state = models.CharField(_("tila"), max_length=20, choices=PrintState, default=PrintState.WAITING)
    done = models.PositiveIntegerField(_("tehty"), default=0)
    of = models.PositiveIntegerField(_("kaikkiaan"), default=0)
    worker = models.CharField(_("tekijä"), max_length=32, blank=True)
    seen_at = models.DateTimeField(_("viimeksi"), null=True)
    content = models.BinaryField(_("tuloste"), null=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    file_name = models.CharField(_("tiedoston nimi"), max_length=120, default="tuloste.pdf")
    basis = models.CharField(_("sisällön tiiviste"), max_length=64, blank=True, default="")
    problem = models.TextField(_("syy"), blank=True)

    class Meta:
        verbose_name = _("tilattu tuloste")
        verbose_name_plural = _("tilatut tulosteet")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["waiting", "working"]),
                name="one_open_order_of_a_print",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PRINTS

    @property
    def is_done(self) -> bool:
        return self.state == PrintState.DONE
