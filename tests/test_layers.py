"""Holds the code to its layers: a file imports only from its own layer and those below (CONTRIBUTING)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("mikrogrow", "projects", "financing", "groups")
LONGEST_FUNCTION = 40
LONGEST_FILE = 500

# From the top down; the longest name that fits a module says its layer.
LAYERS = (
    ("mikrogrow.settings", "mikrogrow.apps", "mikrogrow.urls", "mikrogrow.wsgi", "mikrogrow.serving", "urls"),
    (
        "views",
        "admin",
        "management",
        "mikrogrow.management",
        "mikrogrow.demonstration",
        "mikrogrow.documents",
        "mikrogrow.personal_data",
        "projects.pages",
        "context_processors",
        "templatetags",
        "apps",
    ),
    ("forms", "projects.pages.filters"),
    ("mikrogrow.admin", "mikrogrow.web"),
    ("reports", "budget_pdf", "workbook", "projects.decisions"),
    ("actions", "queries", "importing", "projects.schedule"),
    (
        "reconciliation",
        "rules",
        "projects.decisions.appeal",
        "projects.decisions.check",
        "projects.decisions.consistency",
        "projects.decisions.drafting",
        "projects.decisions.figures",
        "projects.decisions.importing",
        "projects.decisions.live",
    ),
    ("models",),
    ("querysets", "projects.business_id", "projects.case_numbers", "financing.guards"),
    ("choices",),
    ("mikrogrow",),
    ("mikrogrow.values",),
)
PLAIN_RULES = (
    "financing.rules",
    "financing.reconciliation",
    "financing.importing",
    "groups.rules",
    "groups.importing",
    "mikrogrow.sheets",
    "mikrogrow.values",
    "projects.decisions.appeal",
    "projects.decisions.check",
    "projects.decisions.consistency",
    "projects.decisions.drafting",
    "projects.decisions.figures",
    "projects.decisions.importing",
    "projects.decisions.live",
)
# What mikrogrow offers to the apps knows none of them.
MAY_KNOW = {
    "mikrogrow": {"mikrogrow"},
    "projects.models": {"mikrogrow", "projects"},
    "financing.models": {"mikrogrow", "projects", "financing"},
    "groups.models": {"mikrogrow", "projects", "groups"},
}
KNOW_ALL = (
    "mikrogrow.demonstration",
    "mikrogrow.documents",
    "mikrogrow.management",
    "mikrogrow.personal_data",
    "mikrogrow.urls",
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


def is_in(name: str, *places: str) -> bool:
    """True for a module in one of the places: `financing.rules`, or `rules` of any app."""
    app, _, rest = name.partition(".")
    return any(
        whole == place or whole.startswith(f"{place}.")
        for place in places
        for whole in ((name, rest) if app != "mikrogrow" else (name,))
    )


def layer(name: str) -> int:
    """The layer of a module, 0 for the highest."""
    fitting = [
        (place, position) for position, places in enumerate(LAYERS) for place in places if is_in(name, place)
    ]
    return max(fitting, key=lambda found: len(found[0]), default=("", -1))[1]


def test_every_module_has_a_layer():
    assert [name for name in MODULES if layer(name) < 0 and name not in APPS] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_its_own_layer_and_below(name):
    assert [other for other in sorted(IMPORTS[name]) if layer(other) < layer(name)] == []


@pytest.mark.parametrize("place", MAY_KNOW)
def test_what_others_stand_on_knows_only_what_it_stands_on(place):
    names = [name for name in MODULES if is_in(name, place) and not is_in(name, *KNOW_ALL)]

    assert {other.split(".")[0] for name in names for other in IMPORTS[name]} <= MAY_KNOW[place]


def test_no_circles_between_files():
    left = dict(IMPORTS)
    while leaves := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in leaves:
            del left[name]

    assert sorted(left) == []


@pytest.mark.parametrize("place", PLAIN_RULES)
def test_rules_are_functions_over_plain_values(place):
    names = [name for name in MODULES if is_in(name, place)]

    assert names
    assert [name for name in names for other in IMPORTS[name] if is_in(other, "models")] == []
    assert [name for name in names if "django.db" in MODULES[name].read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", MODULES)
def test_files_and_functions_stay_short(name):
    source = MODULES[name].read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    lengths = {function.name: (function.end_lineno or 0) - function.lineno + 1 for function in functions}

    assert len(source.splitlines()) <= LONGEST_FILE
    # The demonstration describes rows, one call after the other.
    assert "demonstration" in name or [long for long in lengths if lengths[long] > LONGEST_FUNCTION] == []
