"""Files inside a PDF: it becomes PDF/A-3a, stays PDF/UA-1, and its pages do not change."""

from io import BytesIO

import pikepdf
import pytest

from mikrogrow.pdf.attached import InnerFile, with_files
from projects.decisions.document import decision_pdf
from tests.support.annex_files import small_pdf
from tests.support.decision_rows import AT, draft_with_table, read
from tests.support.pdfs import failed_rules, flowing_text, written

DAY = "D:20261123000000Z"
FILES = [InnerFile("2026-11-23-kh-55-liite-2.pdf", "Liite 2 Hakemus", small_pdf(2))]


@pytest.mark.django_db
def test_the_files_are_inside_and_the_pages_as_they_were(tmp_path):
    plain = decision_pdf(read(draft_with_table()), at=AT)

    content = with_files(plain, FILES, DAY)

    assert content == with_files(plain, FILES, DAY)
    path = written(content, tmp_path)
    assert (failed_rules(path, "3a"), failed_rules(path, "ua1")) == ([], [])
    assert flowing_text(path) == flowing_text(written(plain, tmp_path, "plain.pdf"))
    with pikepdf.open(BytesIO(content)) as document:
        (name,) = document.attachments
        assert name == FILES[0].name
        assert document.attachments[name].get_file().read_bytes() == FILES[0].content
        assert document.Root.AF[0].AFRelationship == pikepdf.Name.Supplement
