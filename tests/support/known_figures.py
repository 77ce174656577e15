"""The figures of the first project, as the check knows them: no database."""

from datetime import date
from decimal import Decimal

from projects.decisions.check.known import KnownFigure, Topic
from projects.decisions.figures.readings import Count, Kind, Period


def money(name: str, euros: str, topic: Topic, year: int | None = None, **more: object) -> KnownFigure:
    return KnownFigure(name, Kind.MONEY, Decimal(euros), topic, year, **more)  # type: ignore[arg-type]


def percent(name: str, share: str, topic: Topic) -> KnownFigure:
    return KnownFigure(name, Kind.PERCENT, Decimal(share), topic)


def count(name: str, number: int, of: str, topic: Topic) -> KnownFigure:
    return KnownFigure(name, Kind.COUNT, Count(number, of), topic)


def day(name: str, when: date, topic: Topic) -> KnownFigure:
    return KnownFigure(name, Kind.DATE, when, topic)


SEED = (
    money("hankkeen kokonaiskustannukset", "651200", Topic.TOTAL),
    money("osahankkeen kustannukset", "59953", Topic.COST),
    money("kustannukset 2017", "24095", Topic.COST, 2017),
    money("kustannukset 2018", "22252", Topic.COST, 2018),
    money("kustannukset 2019", "13606", Topic.COST, 2019),
    money("EAKR- ja valtion rahoitus", "44966", Topic.SOURCE, words=("eakr",)),
    money("kehittämisrahasto", "2998", Topic.SOURCE, words=("kehittämisrahasto",)),
    money("omarahoitus", "2991", Topic.OWN),
    money("yksityinen rahoitus", "9000", Topic.SOURCE),
    money("yhteiset kustannukset, SavoGrow", "11954", Topic.SHARED, words=("savogrow",)),
    money("yhteiset kustannukset, Oulun yliopisto", "9217", Topic.SHARED, words=("yliopisto",)),
    money("omarahoitus ja yhteiset kustannukset", "24162", Topic.LIABILITY),
    money("omarahoitus", "2500", Topic.OWN, edition="versio 1"),
    *(percent(name, share, Topic.SOURCE) for name, share in (("EAKR", "80"), ("kunnat", "18.9"))),
    *(percent(name, share, Topic.SOURCE) for name, share in (("muu julkinen", "0.6"), ("yritykset", "5.5"))),
    percent("EAKR- ja valtion rahoitus", "75", Topic.SOURCE),
    percent("omarahoitus", "4.98890797", Topic.OWN),
    percent("omarahoitus", "5", Topic.OWN),
    KnownFigure("toteutusaika", Kind.PERIOD, Period(date(2017, 4, 1), date(2019, 12, 31)), Topic.TIME),
    day("toteutusajan alku", date(2017, 4, 1), Topic.TIME),
    day("toteutusajan loppu", date(2019, 12, 31), Topic.TIME),
    day("rahoituspäätös", date(2017, 5, 5), Topic.GRANT_DAY),
    day("rahoituspäätös", date(2017, 5, 29), Topic.GRANT_DAY),
    count("hankkeen yritykset", 120, "yritys", Topic.COMPANIES),
    count("ryhmän yritykset", 30, "yritys", Topic.COMPANIES),
    count("ryhmät", 4, "ryhmä", Topic.GROUPS),
)
