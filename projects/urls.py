"""Addresses of projects and decisions."""

from django.urls import path

from projects.pages import views
from projects.pages.annexes import annex_file, print_with_annexes
from projects.pages.collections import cancel_collection, collection, collection_file, collections
from projects.pages.correcting import correct_decision
from projects.pages.deciding import decide_decision
from projects.pages.decision import decision
from projects.pages.decision_list import decision_list
from projects.pages.deleted_drafts import deleted_drafts
from projects.pages.genuine import genuine_print
from projects.pages.internal_print import internal_correction, internal_print
from projects.pages.leading_on import lead_on
from projects.pages.meeting_sets import cancel_meeting_set, meeting_set, meeting_set_file
from projects.pages.notices import decision_notice
from projects.pages.stages import decision_stage
from projects.pages.starting import new_decision
from projects.pages.writing import write_decision

INTERNAL = {"is_internal": True}

urlpatterns = [
    path("", views.portfolio, name="portfolio"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("projects/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("projects/<slug:slug>/decisions/add/", new_decision, name="new_decision"),
    path("decisions/", decision_list, name="all_decisions"),
    path("decisions/collections/", collections, name="collections"),
    path("decisions/collections/<int:pk>/", collection, name="collection"),
    path("decisions/collections/<int:pk>/cancel/", cancel_collection, name="cancel_collection"),
    path("decisions/collections/<int:pk>/collection.pdf", collection_file, name="collection_file"),
    path("decisions/deleted/", deleted_drafts, name="deleted_drafts"),
    path("decisions/genuine/", genuine_print, name="genuine_print"),
    path("decisions/<int:pk>/", decision, name="decision"),
    path("decisions/<int:pk>/decide/", decide_decision, name="decide_decision"),
    path("annexes/<int:pk>/file/", annex_file, name="annex_file"),
    path("decisions/<int:pk>/correct/", correct_decision, name="correct_decision"),
    path("decisions/<int:pk>/lead-on/", lead_on, name="lead_on"),
    path("decisions/<int:pk>/decision-with-annexes.pdf", print_with_annexes, name="print_with_annexes"),
    path(
        "decisions/<int:pk>/decision-with-annexes-internal.pdf",
        print_with_annexes,
        INTERNAL,
        name="internal_print_with_annexes",
    ),
    path("decisions/<int:pk>/decision-internal.pdf", internal_print, name="internal_print"),
    path("decisions/<int:pk>/meeting/", meeting_set, name="meeting_set"),
    path("decisions/<int:pk>/meeting/cancel/", cancel_meeting_set, name="cancel_meeting_set"),
    path("decisions/<int:pk>/meeting/meeting.pdf", meeting_set_file, name="meeting_set_file"),
    path("decisions/<int:pk>/meeting/internal/", meeting_set, INTERNAL, name="internal_meeting_set"),
    path(
        "decisions/<int:pk>/meeting/internal/cancel/",
        cancel_meeting_set,
        INTERNAL,
        name="cancel_internal_meeting_set",
    ),
    path(
        "decisions/<int:pk>/meeting/internal/meeting.pdf",
        meeting_set_file,
        INTERNAL,
        name="internal_meeting_set_file",
    ),
    path(
        "decisions/corrections/<int:pk>/correction-internal.pdf",
        internal_correction,
        name="internal_correction",
    ),
    path("decisions/<int:pk>/notice/", decision_notice, name="decision_notice"),
    path("decisions/<int:pk>/stage/", decision_stage, name="decision_stage"),
    path("decisions/<int:pk>/write/", write_decision, name="write_decision"),
]
