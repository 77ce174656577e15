"""What all our admin pages share."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q, QuerySet, RestrictedError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrogrow.admin import add_once
from mikrogrow.admin.authors import Authors
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.admin.merging import Merge, stored_values
from mikrogrow.admin.state_changes import StateChange
from mikrogrow.belonging import own_project_key, owner_keys
from mikrogrow.database.frozen import ByStatus
from mikrogrow.database.writing import BusyError, lock, projects_of_key, write
from mikrogrow.empty_choices import name_empty_choice
from mikrogrow.fields import WholeNumberField
from mikrogrow.named_rows import NamedRowField, NamedRowsField
from mikrogrow.pdf.glyphs import expect_printable
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import address_without_kept, shown_again
from mikrogrow.web.seen import SEEN, read_seen, seen_at, sign_seen

# More than anybody types; SQLite takes about as many in one query.
MAX_WORDS = 20


class FormWithErrors:
    """Mixin that adds given errors to a form, so that it is shown again instead of saved."""

    given_errors: list[str] = []

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        for sentence in self.given_errors:
            self.add_error(None, sentence)  # type: ignore[attr-defined]
        return cleaned


class QuietWidgets(BaseModelAdmin):
    """No links to add, change or show related rows beside a choice: they open windows by script.

    Integers are read in ASCII digits only, and text is refused that cannot be printed.
    """

    formfield_overrides = {models.IntegerField: {"form_class": WholeNumberField}}

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        expect_printable(field)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        name_empty_choice(field, db_field)
        return field

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        name_empty_choice(field, db_field)
        return field


class BaseAdmin(QuietWidgets, admin.ModelAdmin):
    """No bulk deletion, no editing in lists; rows that are approved or decided are shown but do not change.

    If two people save the same row, neither loses work (merging.py).
    """

    actions = None
    list_per_page = 50
    view_on_site = False
    show_full_result_count = False
    frozen_message: Any = ""
    state_changes: Sequence[type[StateChange]] = ()
    # On the admin's first page: projects first, then money, then the lists that rarely change.
    position = 1000

    def is_frozen(self, obj: Any) -> bool:
        return False

    def page_links(self, obj: Any) -> Iterable[tuple[str, str]]:
        """(address, words) of the site's pages that show the row: its own if it has one."""
        address = getattr(obj, "get_absolute_url", None)
        return [(address(), _("Avaa sivu"))] if address else []

    def address(self, action: str, obj: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{action}", args=[quote(obj.pk)])

    def get_urls(self) -> list[Any]:
        return [*(change.url(self) for change in self.state_changes), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses a NUL.
        if any("\0" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        # A regular expression, because SQLite's LIKE does not know that Ä is a capital ä.
        words = search_term.split()
        if len(words) > MAX_WORDS:
            return queryset.none(), False
        for word in words:
            found = Q()
            for name in self.get_search_fields(request):
                found |= Q(**{f"{name}__iregex": re.escape(word)})
            queryset = queryset.filter(found)
        return queryset, bool(words)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj is not None and self.is_frozen(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and self.is_frozen(obj))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        errors = getattr(request, "form_errors", [])
        return type(form.__name__, (FormWithErrors, form), {"given_errors": errors}) if errors else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Merge with the stored row, then save; database errors become form errors.

        So does a ValidationError raised while saving: then nothing is saved, and nothing typed is lost.
        """
        refusals = _only_shown(request)
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        typed = request.POST

        def save() -> HttpResponse:
            # A second attempt merges what was typed again.
            request.POST = typed
            request.form_errors = list(refusals)  # type: ignore[attr-defined]
            answer = self._save(request, object_id, form_url, extra_context)
            if refusals:
                # It is not saved anyway; this makes sure of it.
                transaction.set_rollback(True)
            return answer

        try:
            return write(save, lambda: self._projects(request, object_id))
        except OverflowError as error:
            # A tampered choice, larger than any key: SQLite cannot take it as a parameter.
            raise BadRequest from error
        except ValidationError as refused:
            request.form_errors = refused.messages  # type: ignore[attr-defined]
        except IntegrityError:
            request.form_errors = [contradiction()]  # type: ignore[attr-defined]
        # Not changeform_view, which would begin a transaction and wait again for who holds the rows.
        page: HttpResponse = self._changeform_view(  # type: ignore[attr-defined]
            request, object_id, form_url, extra_context
        )
        return page

    def _save(self, request: HttpRequest, object_id: str | None, *others: Any) -> HttpResponse:
        if answer := self._merge(request, object_id) if object_id is not None else self._add_once(request):
            return answer
        answer = super().changeform_view(request, object_id, *others)
        if object_id is None:
            add_once.forget_unless_added(request)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new row is first saved as it begins: the database refuses one that is born further."""
        rule = getattr(obj, "frozen", None)
        typed = getattr(obj, rule.status) if isinstance(rule, ByStatus) else None
        if not change and isinstance(rule, ByStatus) and typed != rule.free[0]:
            setattr(obj, rule.status, rule.free[0])
            super().save_model(request, obj, form, change)
            setattr(obj, rule.status, typed)
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Without the rows that only tie two others together: they have no name in anybody's words."""
        deleted, counts, *others = super().get_deleted_objects(objs, request)
        ties = {str(name) for name in _names_of_ties()}
        named = {name: number for name, number in counts.items() if str(name) not in ties}
        return _without(deleted, tuple(f"{capfirst(name)}: " for name in ties)), named, *others

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_delete_permission(request, obj):
            return super().delete_view(request, object_id, extra_context)
        if request.method != "POST":
            form, formsets = self._unbound(request, obj)
            shown = stored_values(form, [formset for formset, _inline in formsets])
            token = sign_seen(shown, self._salt(obj))
            return super().delete_view(request, object_id, {SEEN: token, **(extra_context or {})})

        def delete() -> HttpResponse:
            lock(self.model._base_manager.filter(pk=obj.pk), to_delete=True)
            stored = self.get_object(request, unquote(object_id))
            if stored is None:
                return super(BaseAdmin, self).delete_view(request, object_id, extra_context)
            form, formsets = self._unbound(request, stored)
            # Delete only what the confirmation page showed.
            if self._seen(request, obj) != stored_values(form, [rows for rows, _inline in formsets]):
                return self._ask_again(
                    request, _("Tiedot ovat muuttuneet. Tarkista ne ja vahvista poistaminen uudelleen.")
                )
            return super(BaseAdmin, self).delete_view(request, object_id, extra_context)

        try:
            return write(delete, lambda: projects_of_key(self.model, obj.pk))
        except BusyError as busy:
            return self._ask_again(request, busy.messages[0])
        except (IntegrityError, ProtectedError, RestrictedError):
            return self._ask_again(request, _("Tietoja ei voi poistaa, koska muut tiedot viittaavat niihin."))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # Django would tell whether the row exists.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        name = self.opts.verbose_name
        # Django's "Muokkaa %s" needs an inflected name.
        context["title"] = _("Uusi %s") % name if add else capfirst(name)
        # Our own list is shown instead of Django's.
        context["is_refused"] = bool(context.pop("errors"))
        if add:
            context[add_once.FORM_KEY] = self._form_key(request)
        if obj is not None and not add:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            shown = stored_values(context["adminform"].form, formsets)
            context[SEEN] = sign_seen(shown, self._salt(obj))
            context["page_links"] = list(self.page_links(obj))
            context["is_frozen"] = self.is_frozen(obj)
            context["frozen_message"] = self.frozen_message
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        add_once.remember(request, self.address("change", obj))
        return super().response_add(request, obj, post_url_continue)

    def _add_once(self, request: HttpRequest) -> HttpResponse | None:
        """Returns an answer if the very same form has added a row already."""
        if not self.has_add_permission(request) or not (saved := add_once.earlier(request)):
            return None
        if saved.content == add_once.content_of(request):
            messages.success(request, _("Tiedot on jo tallennettu. Tämä on niistä lisätty rivi."))
            return HttpResponseRedirect(saved.address or request.path)
        _refuse(
            request,
            _(
                "Tämä lomake on jo tallennettu, ja sitä on sen jälkeen muutettu. Jos haluat lisätä toisen "
                "rivin, tallenna uudelleen. Jos haluat korjata jo lisättyä, avaa se luettelosta."
            ),
        )
        return None

    def _merge(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Returns an answer if the form cannot be saved; otherwise `request.POST` is the merged form."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not super().has_change_permission(request, obj):
            return None
        lock(self.model._base_manager.filter(pk=obj.pk))
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return None
        if self.is_frozen(obj):
            return self._ask_again(request, self.frozen_message)
        if not self.has_change_permission(request, obj):
            return None
        seen = self._seen(request, obj)
        if seen is None:
            _refuse(request, _("Lomake oli vanhentunut. Tarkista tiedot ja tallenna uudelleen."))
            return None
        form, formsets = self._unbound(request, obj)
        if seen == stored_values(form, [formset for formset, _inline in formsets]):
            return None
        merge = Merge(request.POST, seen, Authors(request.user, seen_at(request)))
        merge.take_form(form)
        for formset, inline in formsets:
            if inline.has_change_permission(request, obj):
                merge.take_rows(formset)
        # Django reads the files together with the fields, so they are lost unless read before.
        request.FILES  # noqa: B018
        request.POST = merge.data  # type: ignore[assignment]
        _refuse(request, *merge.sentences)
        return None

    def _form_key(self, request: HttpRequest) -> str:
        # A refused form keeps its key, so that both clicks on it are one; a used key is replaced.
        sent = add_once.sent_key(request)
        return sent if sent and not add_once.is_used(sent) else add_once.new_key()

    def _projects(self, request: HttpRequest, object_id: str | None) -> set[int]:
        """Those of the stored row, of the owner that the form gives it, and that its rows name."""
        own = own_project_key(self.opts.model)
        keys = [*owner_keys(self.opts.model), *([own] if own else [])]
        rows: list[tuple[type[models.Model], str]] = [
            (key.related_model, request.POST.get(key.name, "")) for key in keys
        ]
        for key in filter(None, (own_project_key(inline.model) for inline in self.inlines)):
            named = (name for name in request.POST if name.endswith(f"-{key.name}"))
            rows += [(key.related_model, request.POST[name]) for name in named]
        if object_id is not None:
            rows.append((self.model, unquote(object_id)))
        return {project for model, key in rows if is_key(key) for project in projects_of_key(model, key)}

    def _seen(self, request: HttpRequest, obj: models.Model) -> Any:
        return read_seen(request, self._salt(obj))

    def _salt(self, obj: models.Model) -> str:
        return f"{self.opts.label_lower}.{obj.pk}"

    def _unbound(self, request: HttpRequest, obj: Any) -> tuple[Any, list[tuple[Any, Any]]]:
        form = self.get_form(request, obj, change=True)(instance=obj)
        formsets = [
            (formset(instance=obj, queryset=inline.get_queryset(request)), inline)
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        ]
        return form, formsets

    def _ask_again(self, request: HttpRequest, sentence: str) -> HttpResponse:
        messages.error(request, sentence)
        return HttpResponseRedirect(address_without_kept(request))


def _only_shown(request: HttpRequest) -> list[str]:
    """Makes a form that is to be shown again one that is refused, and returns the sentence."""
    again = shown_again(request)
    if again is None:
        return []
    # Django reads the files together with the fields, so they are read before.
    request.FILES  # noqa: B018
    request.method, request.POST = "POST", again.fields  # type: ignore[assignment]
    return [again.sentence]


def contradiction() -> str:
    return _(
        "Tallennus ei onnistunut, koska samaan aikaan tallennettiin tietoja, joiden kanssa nämä ovat "
        "ristiriidassa. Tarkista tiedot ja tallenna uudelleen."
    )


def _refuse(request: HttpRequest, *sentences: str) -> None:
    """The form is not saved but shown again, with these sentences too."""
    request.form_errors += sentences  # type: ignore[attr-defined]


class ChildInline(QuietWidgets, InlineModelAdmin):
    """Child rows of a form; those of a frozen parent do not change.

    List `fields` in each: otherwise Django makes its forms twice, and reads the choices twice.
    """

    formset: type[BaseInlineFormSet] = ChildFormSet
    extra = 1
    view_on_site = False
    # Relations whose rows are typed by name: a choice in each row would carry a whole table.
    by_name: Sequence[str] = ()
    # The rows whose names are offered, if they are not all; other names can still be typed.
    named: QuerySet[Any] | None = None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.by_name:
            return self._named(db_field, NamedRowField)
        return _read_choices_once(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.by_name:
            return self._named(db_field, NamedRowsField)
        return _read_choices_once(super().formfield_for_manytomany(db_field, request, **kwargs))

    @property
    def names(self) -> dict[str, QuerySet[Any]]:
        """The lists of names that the fields of all rows share, by their ids."""
        related = [self.model._meta.get_field(name).related_model for name in self.by_name]
        return {
            self._names_id(model): self._offered(model).order_by("name").values_list("name", flat=True)
            for model in related
        }

    def _offered(self, model: Any) -> QuerySet[Any]:
        return model._default_manager.all() if self.named is None else self.named

    def _named(self, db_field: Any, form_class: type[NamedRowField | NamedRowsField]) -> Any:
        model = db_field.related_model
        rows = model._default_manager.all()
        return db_field.formfield(form_class=form_class, queryset=rows, names=self._names_id(model))

    def _names_id(self, model: Any) -> str:
        return f"names-{self.model._meta.model_name}-{model._meta.model_name}"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_frozen(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_frozen(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_frozen(obj)


class ChildTable(ChildInline, admin.TabularInline):
    """Children with few fields: a row each."""


class ChildList(ChildInline, admin.StackedInline):
    """Children with many or long fields: one below the other."""

    template = "admin/edit_inline/list.html"


def _names_of_ties() -> Iterable[Any]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.auto_created:
            yield from (model._meta.verbose_name, model._meta.verbose_name_plural)


def _without(lines: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """Of a nested list of lines."""
    return [
        _without(line, beginnings) if isinstance(line, list) else line
        for line in lines
        if isinstance(line, list) or not line.startswith(beginnings)
    ]


def _is_frozen(parent: Any) -> bool:
    return bool(getattr(parent, "is_frozen", False))


def column(name: str, label: Any, show: Callable[[Any], str]) -> Any:
    """A sortable column shown our way: Django shows True and 59953,00."""

    @admin.display(description=label, ordering=name)
    def shown(obj: Any) -> str:
        return show(getattr(obj, name))

    shown.__name__ = f"shown_{name}"
    return shown


def _read_choices_once(field: Any) -> Any:
    if field is not None:
        # Otherwise each row of a form queries the same choices. Without iter(), list() runs a COUNT first.
        field.choices = list(iter(field.choices))
    return field
