"""A PDF/A-2 made into PDF/A-3 with files inside; its pages stay as they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

_PART = (b'pdfaid:part="2"', b'pdfaid:part="3"')


@dataclass(frozen=True)
class InnerFile:
    """`name` is harmless and ASCII, `title` what a person reads of it."""

    name: str
    title: str
    content: bytes


def with_files(content: bytes, files: Iterable[InnerFile], day: str) -> bytes:
    """`day` is that of the files, as PDF writes it. The same bytes for the same content."""
    # Imported here because it is slow, and most requests have no PDF.
    import pikepdf

    document = pikepdf.open(BytesIO(content))
    inner = []
    for file in files:
        spec = pikepdf.AttachedFileSpec(
            document,
            file.content,
            filename=file.name,
            description=file.title,
            mime_type="application/pdf",
            creation_date=day,
            mod_date=day,
            relationship=pikepdf.Name.Supplement,
        )
        document.attachments[file.name] = spec
        inner.append(document.attachments[file.name].obj)
    document.Root.AF = document.make_indirect(pikepdf.Array(inner))
    metadata = document.Root.Metadata.read_bytes()
    document.Root.Metadata.write(metadata.replace(*_PART))
    found = BytesIO()
    document.save(found, deterministic_id=True, compress_streams=False)
    return found.getvalue()
