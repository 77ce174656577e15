"""Carries a list of companies from its preview to its confirmation."""

from groups.importing.columns import Column, CompanySheet
from mikrogrow.sheets import carrying


def pack(sheet: CompanySheet, salt: str) -> str:
    content = {
        "file": sheet.file_name,
        "rows": sheet.rows,
        "heads": sheet.heads,
        "columns": sheet.columns,
        "unread": sheet.unread,
    }
    return carrying.pack(content, salt)


def unpack(token: str, salt: str) -> CompanySheet:
    """Raises ValidationError if the text is not ours or too old."""
    content = carrying.unpack(token, salt)
    return CompanySheet(
        content["file"],
        tuple(tuple(row) for row in content["rows"]),
        content["heads"],
        {int(column): Column(role) for column, role in content["columns"].items()},
        tuple(content["unread"]),
    )
