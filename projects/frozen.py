"""Tables that do not change once a decision is decided. The admin allows nothing either."""

from mikrogrow.database.frozen import AppendOnly, ByStatus, PartOf

DECISION = ByStatus(
    "projects_decision",
    status="stage",
    free=("draft", "motion", "proposal"),
    message="Päätös on tehty. Sitä ei voi enää muuttaa; muutos on uusi päätös.",
)

GUARDED = (
    DECISION,
    PartOf("projects_decisionofficial", "decision_id", DECISION),
    PartOf("projects_decisionpart", "decision_id", DECISION),
    PartOf("projects_attachment", "decision_id", DECISION),
    AppendOnly("projects_printeddecision", "Säilytettyä tulostetta ei voi muuttaa eikä poistaa."),
)
