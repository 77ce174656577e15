"""Names of files are harmless wherever they are shown, and a PDF's ends as one."""

import pytest

from mikrogrow.values.file_names import LONGEST_NAME, pdf_name, plain_file_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("lasku 7.pdf", "lasku 7.pdf"),
        ("Laskü 7.PDF", "Laskü 7.PDF"),
        ("C:\\laskut\\lasku.pdf", "lasku.pdf"),
        ("../../etc/lasku.pdf", "lasku.pdf"),
        ("[[salainen [1]].pdf", "[salainen [1]].pdf"),
        ("lasku.pdf/", ""),
        ("las\0ku.pdf", "lasku.pdf"),
        ("las\r\nku\u202e.pdf", "las ku.pdf"),
        ("las\u2066ku\u200b\ufeff.pdf", "lasku.pdf"),
        ("las\ud800ku.pdf", "lasku.pdf"),
        ("lasku\u00a0\u2028 7.pdf", "lasku 7.pdf"),
        ('"><script>.pdf', "___script_.pdf"),
        ("lasku.pdf:virta", "lasku.pdf_virta"),
        ("lasku.bat . .", "lasku.bat"),
        (".htaccess", "htaccess"),
        ("..", ""),
        ("a\u0308.pdf", "ä.pdf"),
        ("חשבון.pdf", "חשבון.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 198),
    ],
)
def test_a_name_is_kept_without_what_is_not_part_of_it(name, plain):
    assert plain_file_name(name) == plain
    assert plain_file_name(plain) == plain


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("lasku.pdf", "lasku.pdf"),
        ("Lasku 7.PDF", "Lasku 7.pdf"),
        ("lasku.bat", "lasku.pdf"),
        ("lasku.html", "lasku.pdf"),
        ("lasku.pdf.exe", "lasku.pdf"),
        ("lasku", "lasku.pdf"),
        ("las\r\nku\u202e.bat", "las ku.pdf"),
        ("", "tiedosto.pdf"),
        ("\u202e", "tiedosto.pdf"),
        ("a" * 300 + ".bat", "a" * 192 + ".pdf"),
        ("a." + "b" * 300, "a.pdf"),
    ],
)
def test_a_pdf_has_the_name_of_one(name, shown):
    assert pdf_name(name, otherwise="tiedosto") == shown
    assert len(shown) <= LONGEST_NAME
