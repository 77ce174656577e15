"""What a preparer types as the matter of a made decision goes on."""

from mikrogrow.web.row_forms import RowForm
from projects.models import Decision


class NextDecisionForm(RowForm):
    class Meta:
        model = Decision
        fields = ("title",)
