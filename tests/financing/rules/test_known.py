"""Every figure of the demonstration's decisions is one of its project, or rightly of something else."""

import pytest

from financing.queries.figures import figures_of
from financing.rules.known import known_figures
from financing.rules.texts import checked_texts
from projects.decisions.check.checked import check_text
from projects.decisions.check.matching import FOUND
from projects.decisions.check.words import sentence_of
from projects.models import Decision
from tests.support.demonstration import put_demonstration

pytestmark = pytest.mark.django_db

# Of the programme, of statistics, and a day by which something is to be done.
OF_SOMETHING_ELSE = {"2014–2020", "90 %", "47 %", "2001–2015", "31.12.2026"}
# What a preparer may get wrong in the text of the first project, and what is found then.
SLIPS = {
    "59 953 euroa": "59 935 euroa",
    "44 966 euroa": "44 696 euroa",
    "2 998 euroa": "2 989 euroa",
    "2 991 euroa": "2 919 euroa",
    "24 095 euroa": "24 905 euroa",
    "22 252 euroa": "22 522 euroa",
    "13 606 euroa": "16 306 euroa",
    "11 954 euroa": "11 594 euroa",
    "9 217 euroa": "9 271 euroa",
    "651 200 euroa": "561 200 euroa",
    "75 %": "57 %",
    "1.4.2017–31.12.2019": "1.4.2017–31.12.2020",
    "29.5.2017": "28.5.2017",
    "30 yritystä": "31 yritystä",
}


def spaced(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def project(db):
    put_demonstration()
    return Decision.objects.get(section=13).project


def checked():
    return [
        (match, decision.name)
        for row in Decision.objects.select_related("project")
        for decision in figures_of(row.project).decisions
        if decision.decision_id == row.pk
        for text in checked_texts(figures_of(row.project), decision)
        for match in text.matches
    ]


def test_no_figure_of_the_demonstration_is_an_alarm_and_each_of_the_projects_is_found(project):
    found = checked()

    assert [(spaced(match.raw), name) for match, name in found if match.is_alarm] == []
    others = {spaced(match.raw) for match, _name in found if match.outcome not in FOUND}
    assert others == OF_SOMETHING_ELSE
    assert len(found) > 60


@pytest.mark.parametrize("right", SLIPS)
def test_a_slip_in_the_text_of_the_first_project_is_found(project, right):
    figures = figures_of(project)
    decision = next(row for row in figures.decisions if row.texts and "13" in row.name)
    text = next(part.text for part in decision.texts if right in part.text.replace("\u00a0", " ")).replace(
        "\u00a0", " "
    )

    alarms = check_text(text.replace(right, SLIPS[right], 1), known_figures(figures, decision)).alarms

    assert [spaced(match.raw) for match in alarms] == [SLIPS[right]]
    assert all(spaced(sentence_of(match)).startswith(SLIPS[right]) for match in alarms)


@pytest.mark.parametrize(
    "text",
    [
        "§ 13 Asianro 4834/02.05.02.01/2017",
        "puh. +358 00 000 0000",
        "Kestävää kasvua ja työtä 2014–2020",
        "vuosina 2001–2015 noin 47 % yritysten nettotyöpaikkojen kasvusta",
        "Alueen yrityksistä n 90% on mikroyrityksiä.",
        "erityistavoite 2.1. Pk-yritysten kasvun edistäminen",
        "Liitteet 2 4834/2017 EURA2014 hakemus",
    ],
)
def test_what_is_no_figure_of_a_project_is_no_alarm(project, text):
    assert check_text(text, known_figures(figures_of(project))).alarms == []
