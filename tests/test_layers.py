"""Holds the code to its layers: a file imports only from its own layer and those below (CONTRIBUTING)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("mikrogrow", "projects", "financing", "groups")
LONGEST_FUNCTION = 60
LONGEST_FILE = 500

# From the top down. A module belongs to the first layer that names it, by its app and name or by its name.
LAYERS = (
    ("urls", "wsgi", "settings"),
    ("views", "admin", "management", "context_processors", "apps", "mikrogrow.admin_site", "throttle"),
    (
        "demonstration",
        "documents",
        "deciding",
        "document_rows",
        "document_sections",
        "reports",
        "cost_reports",
        "implementer_reports",
        "spending_reports",
        "finding_reports",
        "explanation_forms",
        "invoice_reports",
        "invoice_forms",
        "version_reports",
        "history_reports",
        "history_forms",
        "workbook",
        "workbook_plans",
        "workbook_liability",
        "workbook_spending",
        "workbook_years",
        "workbook_findings",
        "workbook_template",
        "import_reports",
        "charts",
        "portfolio",
        "pages",
        "timeline",
        "forms",
        "exports",
    ),
    (
        "actions",
        "invoice_actions",
        "claim_actions",
        "invoice_queries",
        "limits",
        "authority",
        "explanation_actions",
        "explaining",
        "flat_rates",
        "reconciliation",
        "checks",
        "queries",
        "mikrogrow.editions",
        "spending_queries",
        "sharing",
        "sharing_actions",
        "version_queries",
        "history_queries",
        "imports",
        "import_files",
        "import_columns",
        "import_actions",
        "calculations",
        "spending",
        "source_comparison",
        "burdens",
        "gaps",
        "comparison",
        "findings",
        "figures",
    ),
    ("models",),
    ("querysets", "business_id", "frozen"),
    ("mikrogrow",),
)
BASICS = len(LAYERS) - 1
# Of these only the part in mikrogrow is a basic that everybody uses.
BASIC_NAMES = {"charts", "documents", "forms", "admin"}
MAY_KNOW = {
    "projects": {"projects"},
    "financing": {"financing", "projects"},
    "groups": {"groups", "projects"},
}
PLAIN_RULES = (
    "figures",
    "findings",
    "calculations",
    "spending",
    "burdens",
    "gaps",
    "comparison",
    "limits",
    "authority",
    "checks",
    "reconciliation",
    "explaining",
    "flat_rates",
)


def modules() -> dict[str, Path]:
    """Every module of ours by its name, without migrations."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(name: str) -> set[str]:
    """Our own modules that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & MODULES.keys()) or {node.module}
    return {module for module in found if module in MODULES and module != name}


IMPORTS = {name: imports(name) for name in MODULES}


def layer(name: str) -> int:
    """The layer of a module, 0 for the highest."""
    app, *rest = name.split(".")
    word = rest[0] if rest else ""
    if app == "mikrogrow" and word in BASIC_NAMES:
        return BASICS
    for position, words in enumerate(LAYERS):
        if word in words or f"{app}.{word}" in words:
            return position
    return BASICS if app == "mikrogrow" or not word else -1


def test_every_module_has_a_layer():
    assert [name for name in MODULES if layer(name) < 0] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_its_own_layer_and_below(name):
    assert [other for other in sorted(IMPORTS[name]) if layer(other) < layer(name)] == []


@pytest.mark.parametrize("app", MAY_KNOW)
def test_models_know_only_what_they_stand_on(app):
    known = {other.split(".")[0] for other in IMPORTS[f"{app}.models"]} - {"mikrogrow"}

    assert known <= MAY_KNOW[app]


def test_no_circles_between_files():
    left = dict(IMPORTS)
    while leaves := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in leaves:
            del left[name]

    assert sorted(left) == []


@pytest.mark.parametrize("word", PLAIN_RULES)
def test_rules_are_functions_over_plain_values(word):
    names = [name for name in MODULES if name.split(".")[:2] == ["financing", word]]
    tables = {other for name in names for other in IMPORTS[name] if layer(other) == layer("projects.models")}
    sources = {name: MODULES[name].read_text(encoding="utf-8") for name in names}

    assert names
    assert tables == set()
    assert [name for name, source in sources.items() if "django.db" in source] == []


@pytest.mark.parametrize("name", MODULES)
def test_files_and_functions_stay_short(name):
    source = MODULES[name].read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]

    assert len(source.splitlines()) <= LONGEST_FILE
    # The demonstration describes rows, one call after the other.
    assert (
        "demonstration" in name
        or [
            function.name
            for function in functions
            if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
        ]
        == []
    )
