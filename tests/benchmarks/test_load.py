"""What the load's table says of answers, and which of them end it with 1."""

import pytest

from tests.benchmarks.load import FLOOR, Visit, is_fault, table


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("200", False),
        ("302", False),
        ("refused", False),
        ("busy", False),
        ("500", True),
        ("503", True),
        ("404", True),
        ("ConnectionResetError", True),
    ],
)
def test_only_what_nobody_can_do_anything_about_is_a_fault(outcome, expected):
    assert is_fault(Visit("list", 1.0, outcome)) is expected


def test_the_table_has_a_line_for_each_page_and_the_floor_last():
    visits = [Visit("list", number, "200") for number in range(1, 101)]
    visits += [
        Visit(FLOOR, 2.0, "200"),
        Visit("save: project", 5.0, "302"),
        Visit("save: project", 7.0, "busy"),
    ]

    assert [" ".join(line.split()) for line in table(visits)] == [
        "page number p50 ms p95 ms worst answers",
        "list 100 50 96 100 100 × 200",
        "save: project 2 6 7 7 1 × 302, 1 × busy",
        "floor: /healthz 1 2 2 2 1 × 200",
    ]
