"""What happened at a meeting as a decision was made: recorded while the decision can still be changed."""

OF_DISQUALIFIED = ("name", "title", "ground", "left_meeting")
OF_VOTE = (
    *("number", "base_proposal", "counter_proposal", "proposed_by", "seconded_by"),
    *("yes", "no", "blank", "absent", "casting_vote", "yes_names", "no_names", "blank_names"),
)
OF_DISSENT = ("name", "ground", "text")
