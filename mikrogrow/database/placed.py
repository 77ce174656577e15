"""A row's refusals, each at the field where a person mends it."""

from collections.abc import Collection, Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, Model, Q, UniqueConstraint

Errors = dict[str, list[ValidationError]]


def check_placed(
    row: Model, names: Mapping[str, str] | None = None, at: Mapping[str, str] | None = None
) -> None:
    """Raises ValidationError with all that is wrong with the row, by the form's names of its columns.

    Without `names` the form has all columns by their own. What belongs to no column of the form is an
    error of the whole. `at` names, by its name, the place of a constraint that is mended elsewhere.
    """
    if names is None:
        names = {field.name: field.name for field in row._meta.fields}
    errors: Errors = {}
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        error.update_error_dict(errors)
    # A column that is wrong is left out of them.
    found = constraint_errors(row, names, exclude=set(errors), at=at)
    for column, sentences in errors.items():
        found.setdefault(names.get(column, NON_FIELD_ERRORS), []).extend(sentences)
    if found:
        raise ValidationError(found)


def constraint_errors(
    row: Model, names: Mapping[str, str], exclude: Collection[str], at: Mapping[str, str] | None = None
) -> Errors:
    errors: Errors = {}
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row, exclude=set(exclude))
        except ValidationError as error:
            name = (at or {}).get(constraint.name) or _name_of(constraint, row, names)
            errors.setdefault(name, []).extend(error.error_list)
    return errors


def _name_of(constraint: BaseConstraint, row: Model, names: Mapping[str, str]) -> str:
    """The last of its columns that the form has: the end of a period, the number of a row."""
    condition = getattr(constraint, "condition", None)
    columns = set(condition.referenced_base_fields if isinstance(condition, Q) else ())
    if isinstance(constraint, UniqueConstraint):
        columns.update(constraint.fields)
    shown = [names[f.name] for f in row._meta.fields if f.name in columns and f.name in names]
    return shown[-1] if shown else NON_FIELD_ERRORS
