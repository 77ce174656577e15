"""A city that only funds another's project: in a real browser, from nothing to its budget on paper."""

from playwright.sync_api import expect

from tests.browser.pages import Troubles, faults, follow
from tests.support.pdfs import flowing_text, written

LEAD = "Polkuyhdistys ry"
OTHERS = "Metsäliiton avustus"
YEARS = ("2025", "2026")


def fill_in(page, /, **values):
    """Each field of a form by its name, as a person fills in a field of its kind."""
    for name, value in values.items():
        field = page.locator(f"[name='{name}']")
        kind = field.evaluate("element => element.type")
        if kind == "select-one":
            options = [" ".join(words.split()) for words in field.locator("option").all_text_contents()]
            (option,) = [each for each in options if each.casefold() == value.casefold()]
            field.select_option(index=options.index(option))
        elif kind == "checkbox":
            field.set_checked(value)
        else:
            field.fill(value)


def begin(page, kind, /, **values):
    """From the administration's first page to the filled in form of a new row."""
    page.goto("/admin/")
    page.get_by_role("row", name=kind).get_by_role("link", name="Lisää").click()
    fill_in(page, **values)


def save(page):
    follow(page.get_by_role("button", name="Tallenna välillä"))
    expect(page.locator(".messagelist .success").first).to_be_visible()


def add_row(page, table):
    page.locator(f"#{table}-group").get_by_role("button", name="Lisää rivi").click()


def enter_the_project(page):
    """Another organisation's, which carries all of it out: the city only gives money."""
    begin(page, "Organisaatiot", name=LEAD, kind="muu")
    save(page)
    begin(page, "Rahoituslähteet", name=OTHERS, source_class="yksityinen rahoitus")
    save(page)
    begin(
        page,
        "Hankkeet",
        name="Metsäpolkujen kunnostus",
        short_name="Metsäpolut",
        slug="metsapolut",
        status="käynnissä",
        starts_on="2025-01-01",
        ends_on="2026-12-31",
        total_cost="100 000",
        eura_code="S30001",
        case_number="120/02.05.02/2025",
    )
    fill_in(page, **{"co_implementers-0-organisation": LEAD, "co_implementers-0-role": "päätoteuttaja"})
    add_row(page, "co_implementers")
    fill_in(page, **{"co_implementers-1-organisation": "Kuopio", "co_implementers-1-role": "rahoittaja"})
    save(page)


def enter_the_budget(page, troubles):
    """The lead's, of which the city's money is a line."""
    begin(page, "Rahoitussuunnitelmat", co_implementer="Metsäpolut: Polkuyhdistys ry", stated_cost="100 000")
    lines = [("Kuopion kaupungin omarahoitus", "30 000", "30"), (OTHERS, "70 000", "70")]
    for number, (source, amount, share) in enumerate(lines):
        if number:
            add_row(page, "lines")
        values = {"source": source, "stated_amount": amount, "stated_share": share}
        fill_in(page, **{f"lines-{number}-{name}": value for name, value in values.items()})
    save(page)
    rows = [("lines-0", ("12 000", "18 000")), ("lines-1", ("28 000", "42 000"))]
    fill_in(page, **{"costs-0-category": "ei eritelty"})
    for row, amounts in [*rows, ("costs-0", ("40 000", "60 000"))]:
        years = dict(zip(YEARS, amounts, strict=True))
        fill_in(page, **{f"{row}-year_{year}": amount for year, amount in years.items()})
    save(page)
    assert faults(page, troubles) == []
    page.get_by_role("link", name="Hyväksy…").click()
    page.get_by_role("button", name="Hyväksy", exact=True).click()
    expect(page.locator(".messagelist .success")).to_have_text("Suunnitelma on hyväksytty.")


def decide_on_the_money(page, troubles):
    """30 000 € in two years, decided by the board."""
    begin(
        page,
        "Päätökset",
        project="Metsäpolut",
        body="Kaupunginhallitus",
        meeting_date="2025-01-20",
        section="12",
        case_number="120/02.05.02/2025",
        title="Kuntarahoitus Metsäpolut-hankkeelle",
    )
    official = {"role": "valmistelija", "title": "Projektipäällikkö", "email": "hanke@example.org"}
    fill_in(page, **{f"officials-0-{name}": value for name, value in official.items()})
    texts = [
        ("Päätösehdotus", "Kaupunginhallitus päättää myöntää rahoituksen."),
        ("Päätös", "Hyväksyttiin ehdotuksen mukaan."),
    ]
    for number, (kind, text) in enumerate(texts):
        if number:
            add_row(page, "parts")
        fill_in(page, **{f"parts-{number}-kind": kind, f"parts-{number}-text": text})
    caps = {"max_amount": "30 000", "first_year": "2025", "last_year": "2026"}
    covers = {"covers_own_share": False, "covers_contributions": True}
    fill_in(page, **{f"commitments-0-{name}": value for name, value in (caps | covers).items()})
    save(page)
    page.get_by_role("link", name="Merkitse päätetyksi").click()
    fill_in(page, outcome="yksimielisesti")
    assert faults(page, troubles) == []
    page.get_by_role("button", name="Merkitse päätetyksi").click()
    expect(page.get_by_text("Päätös on tehty. Pöytäkirjanote on tulostettu ja säilytetty.")).to_be_visible()


def test_a_city_that_only_funds_goes_from_nothing_to_its_budget_on_paper(person, logged_in, tmp_path):
    budget, preparer = person("budjetti"), logged_in("valmistelija")
    budget.log_in()
    enter_the_project(budget.page)
    enter_the_budget(budget.page, budget.troubles)
    decide_on_the_money(preparer, Troubles(preparer))

    budget.page.goto("/")
    budget.find_project("Metsäpolut", "Metsäpolut")
    budget.sees_figures("30 000 €")
    assert faults(budget.page, budget.troubles) == []
    budget.open_tab("Täsmäytys")
    expect(budget.main.get_by_text("Virhe", exact=True)).to_have_count(0)
    budget.open_tab("Rahoitus")
    body = budget.fetches_pdf(budget.page.get_by_role("link", name="Hankebudjetti (PDF)"))
    words = flowing_text(written(body, tmp_path))
    for expected in (
        "Rahoitus muiden osissa, Polkuyhdistys ry 30 000",
        "12 000",
        "18 000",
        "Kaupunginhallitus § 12",
    ):
        assert expected in words
    assert "Omarahoitus" not in words
    assert budget.troubles == []
