"""Joins PDFs that were made here into one, which stays as archivable and as accessible as each of them.

The structure trees become one tree, links and bookmarks lead to pages of the whole, and each page can get a
line at its foot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any


def count_pages(content: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


@dataclass(frozen=True)
class Bookmark:
    """`page` counts from 0."""

    title: str
    page: int


class Joiner:
    """The first PDF gives the whole its title and its metadata."""

    def __init__(self, first: bytes) -> None:
        import pikepdf

        self.pdf = pikepdf.open(BytesIO(first))
        self._next = _next_parent(self.pdf)

    def add(self, content: bytes) -> None:
        import pikepdf

        with pikepdf.open(BytesIO(content)) as part:
            before = len(self.pdf.pages)
            self.pdf.add_pages_from(part, outlines="ignore")
            self._add_structure(part, [page.obj for page in list(self.pdf.pages)[before:]])

    def _add_structure(self, part: Any, pages: Sequence[Any]) -> None:
        import pikepdf

        # Only after the pages: what the tree says of them then means the copies.
        tree = self.pdf.copy_foreign(part.Root.StructTreeRoot)
        root, first = self.pdf.Root.StructTreeRoot, self._next
        whole = root.K[0]
        for kid in list(tree.K):
            kid.S, kid.P = pikepdf.Name.Part, whole
            whole.K.append(kid)
            _rename(kid, f"{first}/")
        numbers = list(tree.ParentTree.Nums)
        for number, owner in zip(numbers[::2], numbers[1::2], strict=True):
            root.ParentTree.Nums.append(int(number) + first)
            root.ParentTree.Nums.append(owner)
        for page in pages:
            page.StructParents = int(page.StructParents) + first
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + first
        self._next = first + _next_parent(part)

    def link(self, pages: Mapping[str, int]) -> None:
        """Links to these anchors lead to these pages, counted from 0."""
        import pikepdf

        for page in self.pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                target = pages.get(str(annotation.get("/Dest", "")))
                if target is not None:
                    place = [self.pdf.pages[target].obj, pikepdf.Name.Fit]
                    annotation.Dest = pikepdf.Array(place)

    def mark_pages(self, feet: bytes, first: int) -> None:
        """Puts the pages of `feet`, which have margins alone, over the pages from `first` on."""
        import pikepdf

        with pikepdf.open(BytesIO(feet)) as pdf:
            for page, foot in zip(list(self.pdf.pages)[first:], pdf.pages, strict=False):
                form = self.pdf.copy_foreign(foot.as_form_xobject())
                name = page.add_resource(form, pikepdf.Name.XObject)
                page.contents_add(b"q", prepend=True)
                page.contents_add(b"Q q %s Do Q" % str(name).encode())

    def bookmark(self, bookmarks: Iterable[Bookmark]) -> None:
        """Instead of the first PDF's own."""
        import pikepdf

        with self.pdf.open_outline() as outline:
            outline.root.clear()
            outline.root.extend(pikepdf.OutlineItem(each.title, each.page) for each in bookmarks)

    def saved(self) -> bytes:
        import pikepdf

        file = BytesIO()
        self.pdf.save(
            file,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return file.getvalue()


def _next_parent(pdf: Any) -> int:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
    return max(map(int, numbers), default=-1) + 1


def _rename(element: Any, prefix: str) -> None:
    """Header cells have names, by which cells know them: each document begins its own anew."""
    import pikepdf

    waiting = [element]
    while waiting:
        found = waiting.pop()
        if "/ID" in found:
            found.ID = pikepdf.String(f"{prefix}{found.ID}")
        attributes = found.get("/A", ())
        for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            if "/Headers" in each:
                each.Headers = pikepdf.Array(pikepdf.String(f"{prefix}{name}") for name in each.Headers)
        kids = found.get("/K", ())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append(kid)
