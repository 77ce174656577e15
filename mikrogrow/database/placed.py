"""A row's refusals, each at the field where a person mends it."""

from collections.abc import Collection, Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, Model, Q, UniqueConstraint

Errors = dict[str, list[ValidationError]]


def check_placed(row: Model, names: Mapping[str, str]) -> None:
    """Raises ValidationError with all that is wrong with the row, by the form's names of its columns.

    What belongs to no column of the form is an error of the whole.
    """
    errors: Errors = {}
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        error.update_error_dict(errors)
    found = constraint_errors(row, names, exclude=set(errors))
    for column, sentences in errors.items():
        found.setdefault(names.get(column, NON_FIELD_ERRORS), []).extend(sentences)
    if found:
        raise ValidationError(found)


def constraint_errors(row: Model, names: Mapping[str, str], exclude: Collection[str]) -> Errors:
    errors: Errors = {}
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row, exclude=set(exclude))
        except ValidationError as error:
            errors.setdefault(_name_of(constraint, row, names), []).extend(error.error_list)
    return errors


def _name_of(constraint: BaseConstraint, row: Model, names: Mapping[str, str]) -> str:
    """The last of its columns that the form has: the end of a period, the number of a row."""
    condition = getattr(constraint, "condition", None)
    columns = set(condition.referenced_base_fields if isinstance(condition, Q) else ())
    if isinstance(constraint, UniqueConstraint):
        columns.update(constraint.fields)
    shown = [names[f.name] for f in row._meta.fields if f.name in columns and f.name in names]
    return shown[-1] if shown else NON_FIELD_ERRORS
