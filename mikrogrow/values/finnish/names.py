"""Names of organisations, projects and offices inside Finnish sentences."""

import re

from mikrogrow.values.finnish.inflection import Case, Noun

# Read letter by letter, so that the ending comes after a colon.
_FORMS = frozenset({"Oy", "Oyj", "Ab", "Abp", "Ky", "Ay", "ry", "rf", "rs", "sr"})
# Last parts of names, which inflect alike whatever comes before them.
_GENITIVES = {
    "akatemia": "akatemian",
    "alue": "alueen",
    "edustusto": "edustuston",
    "hallitus": "hallituksen",
    "instituutti": "instituutin",
    "järjestö": "järjestön",
    "kamari": "kamarin",
    "kaupunki": "kaupungin",
    "kehitys": "kehityksen",
    "keskus": "keskuksen",
    "konserni": "konsernin",
    "koulu": "koulun",
    "kunta": "kunnan",
    "laitos": "laitoksen",
    "liitto": "liiton",
    "ministeriö": "ministeriön",
    "museo": "museon",
    "neuvosto": "neuvoston",
    "opisto": "opiston",
    "palvelu": "palvelun",
    "palvelut": "palvelujen",
    "pankki": "pankin",
    "rahasto": "rahaston",
    "rahoitus": "rahoituksen",
    "ryhmä": "ryhmän",
    "seura": "seuran",
    "seutu": "seudun",
    "säätiö": "säätiön",
    "toimisto": "toimiston",
    "valtio": "valtion",
    "valtuusto": "valtuuston",
    "verkosto": "verkoston",
    "virasto": "viraston",
    "yhdistys": "yhdistyksen",
    "yhteisö": "yhteisön",
    "yhtiö": "yhtiön",
    "yhtymä": "yhtymän",
    "yksikkö": "yksikön",
    "yliopisto": "yliopiston",
    "yritys": "yrityksen",
}
_LONGEST_FIRST = sorted(_GENITIVES, key=len, reverse=True)
# No consonant before them that would change: Kuopio, Savonia, Espoo, Vantaa.
_UNCHANGED = re.compile(r"(?:i[aoäö]|e[ao]|aa|oo|uu|ää|öö|yy)", re.IGNORECASE)


def genitive(name: str) -> str | None:
    """None if no rule is safe: then the sentence is to do without it."""
    last = name.split(" ")[-1]
    if last in _FORMS:
        return f"{name}:n"
    if not last.isupper():
        for ending in _LONGEST_FIRST:
            if last.casefold().endswith(ending):
                return name[: -len(ending)] + _like(name[-len(ending) :], _GENITIVES[ending])
        if _UNCHANGED.fullmatch(last[-2:]):
            return f"{name}n"
    return None


def _like(written: str, word: str) -> str:
    return word.capitalize() if written[:1].isupper() else word


def with_noun(name: str, noun: Noun, case: Case = Case.NOMINATIVE) -> str:
    """For example "MikroGrow-hankkeeseen", and "Pohjois-Savon mikroyritykset kasvuun -hankkeeseen"."""
    bare = re.sub(rf"[ -]+{noun.nominative}\Z", "", name, flags=re.IGNORECASE)
    space = " " if " " in bare else ""
    return f"{bare}{space}-{noun.form(case)}"


def inside_sentence(name: str) -> str:
    """Of an office or a title, which begins with a small letter inside a sentence; not an abbreviation."""
    first = re.split(r"[ -]", name, maxsplit=1)[0]
    if len(first) > 1 and first != first.capitalize():
        return name
    return name[:1].lower() + name[1:]
