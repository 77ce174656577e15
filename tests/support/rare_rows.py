"""What few decisions have: an annex with a file, a correction, an appeal that was made."""

from datetime import date

from projects.models import Project
from tests.support.annex_files import make_annex_file
from tests.support.appeal_factories import make_lodged
from tests.support.correction_factories import make_correction
from tests.support.factories import make_attachment, make_decision, make_draft_decision


def add_rare_rows(project: Project) -> None:
    make_annex_file(make_attachment(make_draft_decision(project)))
    decision = make_decision(project)
    make_correction(decision)
    make_lodged(decision, date(2018, 10, 1))
