"""A company's declaration of the de minimis aid that it has been granted, to complete and to sign."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Company
from groups.reports.company import de_minimis_report
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import UNKNOWN

# Lines for aid that the city does not know of.
EMPTY_LINES = 5


def de_minimis_pdf(company: Company, on: date) -> bytes:
    """Raises PdfError."""
    name = _("Ilmoitus de minimis -tuista")
    report = de_minimis_report(company.de_minimis_aid.all(), on)
    return render_pdf(
        "documents/de_minimis.html",
        {
            "name": name,
            "company": company,
            "on": on,
            "aids": [line.aid for line in reversed(report.lines) if line.is_counted],
            "sum": report.sum,
            "empty": range(EMPTY_LINES),
        },
        title=f"{name}: {company.name}, {format_date(on)}",
        author=company.name,
        subject=name,
        head=Head(
            issuer=company.name, kind=name, about=company.business_id or str(UNKNOWN), day=format_date(on)
        ),
        created=on,
    )


DE_MINIMIS = Document(
    name="de_minimis",
    address="companies/<int:key>/de-minimis.pdf",
    rows=lambda: Company.objects.select_related("municipality"),
    key_field="pk",
    pdf=de_minimis_pdf,
    file_name=lambda company: f"de-minimis-{company.pk}.pdf",
    page=lambda company: reverse("company", args=[company.pk]),
    unknown=gettext_lazy("Yritystä %(key)s ei ole."),
)
