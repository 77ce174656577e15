import pytest

from mikrogrow.pdf.columns import GAP, Column, fit_columns, needs, shares
from mikrogrow.pdf.markup import mark_long_tables, read_tree


def measure(text):
    """Every letter is one em wide."""
    return len(text)


def table(rows, classes="fitted", around="170"):
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    caption = "<caption>C</caption>"
    return read_tree(
        f"<body data-width='{around}'><table class='{classes}'>{caption}<tbody>{cells}</tbody></table></body>"
    )


def widths(root):
    return [float(col.get("style").removeprefix("width: ").removesuffix("%")) for col in root.iter("col")]


def test_a_number_is_never_narrower_than_its_text_and_a_text_than_its_longest_word():
    root = table(
        [
            "<th>Kaupungin oma</th><td class='number'>59 953</td>",
            "<th>EAKR</th><td class='number'>1</td>",
            "<th colspan='2'>Yhteensä koko hanke</th>",
        ]
    )
    assert needs(root, 10, measure) == [Column(least=90, most=130), Column(least=60, most=60)]


def test_lines_of_a_cell_are_measured_one_by_one_and_small_ones_in_small_type():
    root = table(["<td>ab<br/>abcd</td><td class='number'>12<span class='sub'>123</span></td>"])
    assert needs(root, 10, measure) == [Column(least=40, most=40), Column(least=24, most=24)]


def test_a_heading_that_may_wrap_needs_its_longest_word():
    assert needs(table(["<th class='number wraps'>ab abc</th>"]), 10, measure) == [Column(least=30, most=60)]


def test_room_that_is_left_is_shared_in_proportion():
    assert shares([Column(10, 30 - GAP), Column(10, 10 - GAP)], 400) == [75, 25]


def test_long_lines_give_way_before_numbers_do():
    columns = [Column(50 - GAP, 150 - GAP), Column(50 - GAP, 50 - GAP)]
    assert shares(columns, 100) == [50, 50]
    assert shares(columns, 125) == [60, 40]


def test_only_fitted_tables_get_columns_and_these_stand_after_the_caption():
    root = table(["<td>a</td><td>bbb</td>"])
    fit_columns(root, measure)
    assert [child.tag for child in root[0]] == ["caption", "colgroup", "tbody"]
    assert sum(widths(root)) == pytest.approx(100, abs=0.01)
    plain = table(["<td>a</td><td>bbb</td>"], classes="facts")
    fit_columns(plain, measure)
    assert widths(plain) == []


def test_numbers_that_do_not_fit_side_by_side_are_set_smaller():
    cells = "<td class='number'>1 000 000</td>"
    roomy, tight = table([cells * 2]), table([cells * 12])
    fit_columns(roomy, measure)
    fit_columns(tight, measure)
    assert roomy[0].get("style") is None
    assert tight[0].get("style") == "font-size: 6.00pt"


@pytest.mark.parametrize(("rows", "classes"), [(12, "fitted"), (13, "fitted long")])
def test_a_table_that_could_leave_a_third_of_a_page_empty_is_not_kept_whole(rows, classes):
    root = table(["<td>a</td>"] * rows)
    mark_long_tables(root)
    assert root[0].get("class") == classes


def test_a_template_is_read_as_it_is_typed():
    root = read_tree(
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>a<br>b&nbsp;c</body></html>'
    )
    assert root[0][0].attrib == {"charset": "utf-8"}
    assert root[1][0].tail == "b\u00a0c"


def test_markup_that_is_not_well_formed_is_left_to_the_parser_of_any_html():
    assert read_tree("<html><p>a<p>b</html>") is None
