"""The models of projects: organisations, projects with their parties, and the city's decisions."""

from mikrogrow.values.dates import YEAR_RANGE
from projects.models.annex_files import AnnexFile
from projects.models.bodies import DecisionBody
from projects.models.change_requests import ChangeRequest
from projects.models.corrections import (
    CorrectionPrint,
    DecisionCorrection,
    InternalCorrection,
    PrintedCorrection,
)
from projects.models.decisions import Attachment, Decision, DecisionOfficial, DecisionPart, section_words
from projects.models.figure_marks import FigureMark
from projects.models.handling import Disqualification, Dissent, Vote
from projects.models.lodged_appeals import LodgedAppeal
from projects.models.notices import DecisionAppeal, DecisionNotice, DecisionPublication
from projects.models.organisations import Organisation, Programme, own_city
from projects.models.prints import InternalPrint, KeptPrint, PrintedDecision, archived_print
from projects.models.projects import (
    CoImplementer,
    FundingDecision,
    Milestone,
    Project,
    ProjectPoint,
    ProjectSpelling,
)
from projects.models.years import year_between

__all__ = [
    "YEAR_RANGE",
    "AnnexFile",
    "Attachment",
    "ChangeRequest",
    "CoImplementer",
    "CorrectionPrint",
    "Decision",
    "DecisionAppeal",
    "DecisionBody",
    "DecisionCorrection",
    "DecisionNotice",
    "DecisionOfficial",
    "DecisionPart",
    "DecisionPublication",
    "Disqualification",
    "Dissent",
    "FigureMark",
    "FundingDecision",
    "InternalCorrection",
    "InternalPrint",
    "KeptPrint",
    "LodgedAppeal",
    "Milestone",
    "Organisation",
    "PrintedCorrection",
    "PrintedDecision",
    "Programme",
    "Project",
    "ProjectPoint",
    "ProjectSpelling",
    "Vote",
    "archived_print",
    "own_city",
    "section_words",
    "year_between",
]
