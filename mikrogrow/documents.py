"""Every document that can be printed: the site's addresses and the commands read this list."""

from financing.budget_pdf.document import BUDGET
from groups.reports.attendance_list import ATTENDANCE_LIST
from groups.reports.de_minimis_declaration import DE_MINIMIS
from groups.reports.periods.documents import GROUP_REPORT, GROUPS_REPORT, INTERNAL_GROUP_REPORT
from projects.decisions.actions import DECISION
from projects.decisions.appeal_pdf import APPEAL
from projects.decisions.correcting import CORRECTION
from projects.decisions.meeting_set import MEETING_SET
from projects.reports.sheet import PROJECT_SHEET

DOCUMENTS = {
    document.name: document
    for document in (
        *(BUDGET, PROJECT_SHEET, DECISION, CORRECTION, APPEAL, MEETING_SET, ATTENDANCE_LIST, DE_MINIMIS),
        *(GROUP_REPORT, INTERNAL_GROUP_REPORT, GROUPS_REPORT),
    )
}
