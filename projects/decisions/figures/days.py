"""Days, periods and years: 1.4.2017–31.12.2019, 14.2. ja 12.3.2019, 1. huhtikuuta 2017, vv. 2017–2019."""

import re
from calendar import monthrange
from datetime import date
from re import Match

from projects.decisions.figures.readings import Kind, Period, Readings, spelled

_MONTH_NAMES = (
    *("tammi", "helmi", "maalis", "huhti", "touko", "kesä"),
    *("heinä", "elo", "syys", "loka", "marras", "joulu"),
)
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_NAMES = "|".join(_MONTHS)
_D, _M, _Y = r"\d{1,2}", r"\d{1,2}", r"(?:19|20|21)\d{2}"
# Perhaps nothing, a space, or the end of a line; and at least one of them.
_S, _GAP = r"(?: ?\n {0,12}| {0,2})", r"(?: ?\n {0,12}| {1,2})"
_DAY = rf"{_D}\.{_S}{_M}\.{_S}{_Y}(?!\d)"
# Numbers of sections look like it: only words beside it, or a second day, make it one.
_DAY_OF_CENTURY = rf"{_D}\.{_M}\.\d{{2}}(?!\w|\.\w)"
_SHORT_DAY = rf"{_D}\.(?:{_S}{_M}\.)?"
_ISO = rf"{_Y}-\d{{2}}-\d{{2}}(?!\d)"
_WORDED = rf"{_D}\.{_GAP}(?:{_NAMES})kuuta{_GAP}{_Y}(?!\d)"
_DASH = rf"{_S}[-\u2013\u2014]{_S}"
_BEGINS = r"(?<![\w/.:-])"
_IN_YEAR = r"(?:vuonna|vuo(?:den|delle|teen|delta|desta|della|si|tta|dessa|deksi)|v\.)"
_IN_YEARS = (
    r"(?:vuo(?:sina|sien|siin|sille|silta|det|sista|silla)|vv?\.|kau(?:den|della|delle|desta|deksi|si))"
)
_OF_NO_PART = "".join(f"(?<!{word} )" for word in ("kohdat", "kohdissa", "luvut", "luvuissa", "sivut"))
_AT = r"(?:alka|käynnisty|pääty|päätty|loppu|pide|allekirjoite)[a-zåäö]{1,8}|päivätty|viimeistään|pvm"
_BY = r"mennessä|saakka|asti|alkaen|lukien|jälkeen"
# Of 2017-45 the second number is another one.
_LONGEST_YEARS = 12
_BETWEEN = r"(?:välillä|välisenä aikana|välisellä ajalla|välinen aika)"
_HAS_YEAR = re.compile(r"\d{4}")


def _day(text: str) -> date | None:
    """None if the calendar has no such day."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if name := re.search(_NAMES, text.lower()):
        parts.insert(1, _MONTHS[name[0]])
    year, month, day = parts if re.match(_ISO, text) else parts[::-1]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_century(text: str) -> date | None:
    """Of 30.6.19; also of a day with its whole year."""
    day, month, year = text.split(".")
    return _day(f"{day}.{month}.{year if len(year) > 2 else int(year) + 2000}")


def _days_of_century(match: Match[str]) -> Readings:
    return _period(_day_of_century(match["first"]), _day_of_century(match["last"]))


def _one_day_of_century(match: Match[str]) -> Readings:
    day = _day_of_century(match["day"])
    return [(Kind.DATE, day, "day")] if day else []


def _completed(text: str, last: date) -> date | None:
    """Of 14.2. or 14., whose year, and perhaps month, is said once, at the last of the days."""
    if re.search(r"\d{4}", text):
        return _day(text)
    day, *month = (int(part) for part in re.findall(r"\d+", text))
    try:
        return date(last.year, month[0] if month else last.month, day)
    except ValueError:
        return None


def _dated(text: str) -> Readings:
    day = _day(text)
    return [(Kind.DATE, day, "")] if day else []


def _one_day(match: Match[str]) -> Readings:
    return _dated(match[0])


def _month_first(match: Match[str]) -> Readings:
    return _dated(f"{match['day']}. {match['month']}kuuta {match['year']}")


def _many_days(match: Match[str]) -> Readings:
    last = _day(match["last"])
    names = [name for name in ("first", "second", "third", "last") if match.groupdict().get(name)]
    days = [(_completed(match[name], last), name) for name in names] if last else []
    return [(Kind.DATE, day, name) for day, name in days if day]


def _days_period(match: Match[str]) -> Readings:
    last = _day(match["last"])
    first = _completed(match["first"], last) if last else None
    if first and last and first > last and _HAS_YEAR.search(match["first"]):
        # No period: each is the day that it is.
        return [(Kind.DATE, first, "first"), (Kind.DATE, last, "last")]
    return _period(first, last)


def _period(first: date | None, last: date | None, group: str = "") -> Readings:
    return [(Kind.PERIOD, Period(first, last), group)] if first and last and first <= last else []


def _months_period(match: Match[str]) -> Readings:
    names = match.groupdict()
    ends = [(int(names.get(f"year{end}") or names["year2"]), names[f"month{end}"].lower()) for end in "12"]
    (year1, month1), (year2, month2) = ((year, _MONTHS.get(month) or int(month)) for year, month in ends)
    if not (1 <= month1 <= 12 and 1 <= month2 <= 12):
        return []
    return _period(date(year1, month1, 1), date(year2, month2, monthrange(year2, month2)[1]))


def _years(match: Match[str]) -> Readings:
    first, last = int(match["first"]), int(match["last"])
    if last < 100:
        last += first // 100 * 100
    return _period(date(first, 1, 1), date(last, 12, 31), "period") if first < last else []


def _short_years(match: Match[str]) -> Readings:
    first = int(match["first"])
    last = int(match["last"] or match["end"]) + first // 100 * 100
    is_time = first < last <= first + _LONGEST_YEARS
    return _period(date(first, 1, 1), date(last, 12, 31), "period") if is_time else []


def _each_year(match: Match[str]) -> Readings:
    names = [name for name in ("year", "next", "last") if match.groupdict().get(name)]
    return [(Kind.YEAR, int(match[name]), name) for name in names]


SPELLINGS = (
    spelled(
        rf"{_BEGINS}{_OF_NO_PART}(?P<first>{_D}\.{_M}\.\d{{2}}){_DASH}"
        rf"(?P<last>{_DAY_OF_CENTURY}|{_D}\.{_M}\.{_Y}(?!\d))",
        _days_of_century,
    ),
    spelled(rf"(?<!\w)(?:{_AT}) (?P<day>{_DAY_OF_CENTURY})", _one_day_of_century),
    spelled(rf"{_BEGINS}(?P<day>{_D}\.{_M}\.\d{{2}}) (?:{_BY})(?!\w)", _one_day_of_century),
    spelled(rf"{_BEGINS}(?P<first>{_DAY}|{_SHORT_DAY}){_DASH}(?P<last>{_DAY})", _days_period),
    spelled(rf"{_BEGINS}(?P<first>{_ISO}){_DASH}(?P<last>{_ISO})", _days_period),
    spelled(rf"{_BEGINS}(?P<first>{_WORDED}){_DASH}(?P<last>{_WORDED})", _days_period),
    spelled(
        rf"{_BEGINS}(?P<first>{_DAY}) (?:alkaen|lukien)(?: ja)?,? (?P<last>{_DAY}) (?:asti|saakka)(?!\w)",
        _days_period,
    ),
    spelled(rf"{_BEGINS}(?P<first>{_DAY}|{_SHORT_DAY}) ja (?P<last>{_DAY}) {_BETWEEN}(?!\w)", _days_period),
    spelled(
        rf"{_BEGINS}(?P<first>{_SHORT_DAY}), (?:(?P<second>{_SHORT_DAY}), )?(?P<third>{_SHORT_DAY})"
        rf" ja (?P<last>{_DAY})",
        _many_days,
    ),
    spelled(rf"{_BEGINS}(?P<first>{_SHORT_DAY}) ja (?P<last>{_DAY})", _many_days),
    spelled(rf"{_BEGINS}(?:{_DAY}|{_ISO}|{_WORDED})", _one_day),
    spelled(rf"{_BEGINS}{_D}\.? päivä(?:nä|stä|n|ään)? (?:{_NAMES})kuuta {_Y}(?!\d)", _one_day),
    spelled(
        rf"(?<!\w)(?P<month1>{_NAMES})kuu(?:sta)?(?: (?P<year1>{_Y}))?(?:{_DASH}| )"
        rf"(?P<month2>{_NAMES})kuu(?:hun)? (?P<year2>{_Y})(?!\d)",
        _months_period,
    ),
    spelled(
        rf"(?<!\w)(?P<month1>{_NAMES})[-\u2013](?P<month2>{_NAMES})kuu(?:ssa|n|lle|sta)? "
        rf"(?P<year2>{_Y})(?!\d)",
        _months_period,
    ),
    spelled(
        rf"{_BEGINS}(?P<month1>{_M})/(?P<year1>{_Y}){_DASH}(?P<month2>{_M})/(?P<year2>{_Y})(?!\d)",
        _months_period,
    ),
    spelled(
        rf"(?<!\w){_IN_YEARS}{_GAP}(?P<period>(?P<first>{_Y}){_DASH}(?P<last>{_Y}|\d{{2}}))(?![\w/-]|\.\d)",
        _years,
    ),
    spelled(rf"(?<!\w){_IN_YEARS} (?P<period>(?P<first>{_Y}) ja (?P<last>{_Y})) välillä(?!\w)", _years),
    spelled(
        rf"(?<!\w){_IN_YEARS} (?P<year>{_Y})(?:, (?P<next>{_Y}))? ja (?P<last>{_Y})(?!\d|\.\d)", _each_year
    ),
    spelled(rf"{_BEGINS}(?P<period>(?P<first>{_Y})[-\u2013](?P<last>{_Y}))(?![\w/-])", _years),
    # Not a month, as in 2017-12, nor the number of an invoice.
    spelled(
        rf"{_BEGINS}(?<!nro )(?<!dno )(?<!numero )(?<!lasku )"
        rf"(?P<period>(?P<first>{_Y})(?:\u2013(?P<last>\d{{2}})|-(?P<end>1[3-9]|[2-4]\d)))(?![\w/-]|[.,:]\d)",
        _short_years,
    ),
    spelled(rf"(?<!\w){_IN_YEAR}{_GAP}(?P<year>{_Y})(?![\d/-])", _each_year),
    # The day is said after the month: huhtikuun 1. päivänä 2017.
    spelled(
        rf"(?<!\w)(?P<month>{_NAMES})kuun (?P<day>{_D})\. päivä(?:nä|stä|n|ään)? (?:vuonna )?"
        rf"(?P<year>{_Y})",
        _month_first,
    ),
)
