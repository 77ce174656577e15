"""A project in which the city takes no part offers no form that would refuse, and says why."""

import pytest

from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import make_organisation, make_part, make_project
from tests.support.pages import links_on, text_of

pytestmark = pytest.mark.django_db

WHY = "Kaupunki ei ole mukana hankkeessa, joten sille ei kirjata laskuja"
PAGES = {
    "invoices": "/admin/financing/invoice/add/",
    "claims": "/admin/financing/paymentclaim/add/",
    "spending": "/admin/financing/forecast/add/",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("has_city", [True, False])
def test_what_the_city_records_is_offered_only_where_it_takes_part(page, has_city):
    project = make_project()
    make_part(project, None if has_city else make_organisation(name="Muu toteuttaja"))

    answer = logged_in(BUDGET_ADMINISTRATOR).get(f"{project.get_absolute_url()}{page}/")

    assert bool(links_on(answer, PAGES[page])) == has_city
    assert (WHY in text_of(answer)) != has_city
    assert links_on(answer, "/admin/projects/project/") == (
        [] if has_city else [f"/admin/projects/project/{project.pk}/change/"]
    )
