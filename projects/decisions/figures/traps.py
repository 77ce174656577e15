"""What looks like a figure and is none: sections, case numbers, telephones, laws, codes, addresses, times."""

import re

_SPACE = r"(?: ?\n {0,12}| {0,2})"
# Named parts and codes ignore the case; an address begins with a capital, and a case number has them.
_NAMED = (
    r"(?i:liite|liitteen|liitteet|kohta|kohdan|kohdassa|luku|luvun|luvussa|sivu|sivun|sivulla|s\."
    r"|toimintalinja|toimintalinjan|toimintalinjassa|tl|tavoite|tavoitteen|erityistavoite|erityistavoitteen"
    r"|prioriteetti|artikla|artiklan|momentti|momentin|versio|version|vers\.|n:o|nro)"
)
_CODED = (
    r"(?i:kustannuspaik[a-zåäö]{1,6}|tili|tilin|tililtä|tilille|tilinumero|toiminto|toiminnon|projektinumero"
    r"|projekti|tilaus|koodi|koodin|hankekoodi|eura)"
)
_STREET = r"(?:katu|tie|kuja|polku|tori|väylä|raitti|kaari|ranta|aukio|penger|puistikko)"
_PATTERNS = (
    # Addresses of the net, and what stands in them.
    r"\b(?:https?://|www\.)[^\s<>]{1,300}",
    r"[\w.+-]{1,64}@[\w.-]{1,100}",
    r"(?<![\d.])(?!\d{1,3}(?:\.\d{3}){3})\d{1,3}(?:\.\d{1,3}){3}(?![\d.])",
    # The unit of a table: in its corner, or in brackets.
    r"(?m)(?:^ {0,12}|, )1 ?000 ?(?:€|euroa)(?=[\t|]| {2,12}\D)",
    r"\(1 ?000 ?(?:€|euroa)\)",
    # Sections and laws.
    rf"§{{1,2}}{_SPACE}\d{{1,5}}(?:[-\u2013]\d{{1,5}})?",
    rf"(?<![\w,.])\d{{1,5}}(?:[-\u2013,] ?\d{{1,5}})?{_SPACE}(?:[a-z] )?§",
    r"\((?:EU|EY|ETY)\) (?:N:o )?\d{1,5}/\d{1,5}",
    r"(?<![\w/.\u2013-])(?<![\u2013-] )\d{1,5}/(?:18|19|20)\d{2}(?![\w/])(?!\s{0,2}[-\u2013])",
    # Case numbers: KUO/1234/2017, 1234/02.05.00/2017, D/987/08.00/2019.
    r"(?<![\w/])(?:[A-ZÅÄÖ]{1,10}[:/-])?\d{1,7}/\d{2}(?:\.\d{2}){1,3}(?:\.\d{1,3})?/(?:19|20)\d{2}",
    r"(?<![\w/])[A-ZÅÄÖ]{1,10}[:/]\d{1,7}(?:/[\d.]{1,12}){0,2}/(?:19|20)\d{2}",
    r"(?<!\w)[A-ZÅÄÖ]{1,4}/\d{1,7}/[\d.]{1,12}/\d{4}",
    r"(?<![\w,.])\d{1,3}(?: [a-z])? (?:kohta|kohda[a-z]{1,3}|moment[a-z]{1,4}|artikla[a-z]{0,3})(?!\w)",
    # Telephones and business IDs.
    r"(?<!\w)(?:puh|puhelin|p|tel|gsm)\.?:? ?\+?\d(?:[ ()-]{0,2}\d){4,14}",
    r"\+\d{1,3}(?:[ ()-]{0,2}\d){5,13}",
    r"(?<![\w.,])(?<!\d )0[1-9]\d?[ -]\d{3,4}(?:[ -]?\d{2,5}){0,2}(?![\d.,]| ?[€e%])",
    r"(?<![\w-])\d{6,7}-\d(?![\w-])",
    # Numbers of parts, codes, addresses, times of the day.
    rf"(?<!\w){_NAMED} {{0,2}}\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}(?: ?\(\d{{1,4}}\))?(?!\d)",
    rf"(?<!\w){_CODED}:? {{0,2}}\d{{1,6}}(?:[.-]\d{{1,6}}){{0,3}}(?!\d| ?\d{{3}}|,\d| ?(?i:€|%|e\b|eur))",
    r"(?<!\w)klo {0,2}\d{1,2}(?:[.:]\d{2})?(?:[-\u2013]\d{1,2}(?:[.:]\d{2})?)?(?!\d)",
    r"(?<!\w)PL {0,2}\d{1,5}",
    rf"(?<!\w)[A-ZÅÄÖ]\w{{1,30}}{_STREET} \d{{1,4}}(?:[-\u2013]\d{{1,4}})?"
    r"(?: ?[a-zA-Z](?: \d{1,3})?)?(?!\w)",
)
TRAPS = tuple(map(re.compile, _PATTERNS))
