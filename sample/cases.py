"""Which agency publishes in which shape, and what is wrong with it: one line per agency, one call per defect."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted peculiarity of one topic. `detail` depends on the kind."""

    kind: str
    topic: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One agency's site. `papers`: html, pdf, mixed, landing (page with a PDF behind it), docx.
    `charset`: utf-8, declared, undeclared, lying (the last three in windows-874).
    `serve`: "" normal, 503, robots (all forbidden), slow. `home`: plain or splash.
    `shaped`: PDFs with HarfBuzz, whose text layer then has private-use glyphs. `loose`: labels in own words.
    `way`, `post` and `door` are names of structures (see `sample.structures`)."""

    agency: str
    shape: str
    papers: str = "html"
    charset: str = "utf-8"
    serve: str = ""
    home: str = "plain"
    digits: str = "arabic"
    shaped: bool = False
    loose: bool = False
    way: str = ""
    post: str = ""
    door: str = ""
    defects: tuple[Defect, ...] = ()


def section(topic: str, form: str) -> Defect:
    """The report's problems section has this form (see content.sections)."""
    return Defect("section", topic, form)


def quoted(topic: str) -> Defect:
    """The criterion stands on the index page, the section is not in the report."""
    return Defect("quoted", topic, "cut")


def lacks(topic: str, part: str) -> Defect:
    """A required part is left out."""
    return Defect("lacks", topic, part)


def old(topic: str, years: int = 1) -> Defect:
    """The evidence is this number of years too early."""
    return Defect("old", topic, str(years))


def absent(topic: str) -> Defect:
    """Neither label nor evidence."""
    return Defect("absent", topic)


def unlinked(topic: str) -> Defect:
    """The label is there, its link leads nowhere (href="#")."""
    return Defect("unlinked", topic)


def dead(topic: str) -> Defect:
    """The evidence's link answers 404."""
    return Defect("dead", topic)


def forbidden(topic: str) -> Defect:
    """The evidence's link answers 403."""
    return Defect("forbidden", topic)


def scanned(topic: str) -> Defect:
    """The evidence is a PDF of a scan too poor to be read by machine."""
    return Defect("scanned", topic)


def pictured(topic: str) -> Defect:
    """The evidence is a page that only shows a picture too poor to be read by machine."""
    return Defect("pictured", topic)


def claims(topic: str) -> Defect:
    """The label names the right year, the evidence is of the year before."""
    return Defect("claims", topic)


def mislabelled(topic: str) -> Defect:
    """The label names the year before, the evidence is of the right one."""
    return Defect("mislabelled", topic)


def old_signed(topic: str) -> Defect:
    """The evidence is of the year before and was signed in the right one."""
    return Defect("old_signed", topic)


def taken(topic: str) -> Defect:
    """The plan stands where the report on it should be."""
    return Defect("taken", topic)


def twist(topic: str, name: str) -> Defect:
    """No defect: further years and days stand in the paper (see structures.twists)."""
    return Defect("twist", topic, name)


def made(topic: str, name: str) -> Defect:
    """The report is a file whose section only its format can hold (see structures.word)."""
    return Defect("made", topic, name)


def drive(topic: str) -> Defect:
    """The evidence lies on a file service outside the site."""
    return Defect("drive", topic)


def on_index(topic: str) -> Defect:
    """No defect: the evidence is a text on the index page, without a link."""
    return Defect("on_index", topic)


def shared(page: str, *topics: str) -> tuple[Defect, ...]:
    """No defect: one page holds the evidence of several topics."""
    return tuple(Defect("shared", topic, page) for topic in topics)


def word_file(*topics: str) -> tuple[Defect, ...]:
    """No defect: these topics are Word files."""
    return tuple(Defect("docx", topic) for topic in topics)


CASES: tuple[Case, ...] = (
    Case("provincial-office", "table", defects=(section("annual_report", "cut"),)),
    Case("governance", "list", "pdf", digits="thai", shaped=True, defects=(section("annual_report", "no_suggestions"), section("hr_report", "none"))),
    Case("public-works", "accordion", "pdf", defects=(section("corruption_report", "no_problems"), section("annual_report", "columns"))),
    Case("community-development", "cards", "mixed", digits="mixed", defects=(section("procurement_report", "empty"), section("annual_report", "none"))),
    Case("local-administration", "buttons", defects=(section("hr_report", "dash"), lacks("executives", "photos"))),
    Case("disaster-prevention", "plain_labels", "pdf", shaped=True, defects=(section("annual_report", "prose_only"), section("hr_report", "joint_none"))),
    Case("land", "zero", "landing", digits="thai", defects=(section("annual_report", "contents_only"), section("corruption_report", "bold"))),
    Case("treasury", "oit", "pdf", defects=(section("budget_report", "cut"), section("annual_report", "half_dash"))),
    Case("commerce", "tabs", "mixed", defects=(old("plan"), section("corruption_report", "apart"))),
    Case("agriculture", "deep", defects=(old("annual_report"), section("hr_report", "none_sentence"))),
    Case("livestock", "table", charset="declared", digits="thai", defects=(section("corruption_report", "dots"), section("annual_report", "columns"))),
    Case("fisheries", "list", charset="undeclared", defects=(lacks("plan", "budget"), section("hr_report", "columns"))),
    Case("cooperatives", "table", charset="lying", defects=(lacks("strategy", "indicators"), section("annual_report", "none_sentence"))),
    Case("land-reform", "list", serve="503"),
    Case("labour", "table", serve="robots"),
    Case("employment", "table", "pdf", shaped=True, loose=True, defects=(dead("annual_report"), dead("risk"), section("hr_report", "apart"))),
    Case("labour-protection", "accordion", defects=(forbidden("corruption_plan"), section("annual_report", "bold"))),
    Case("social-security", "cards", "mixed", defects=(*word_file("plan", "half", "annual_report"), section("hr_report", "empty_columns"), section("annual_report", "apart"))),
    Case("skill-development", "list", "mixed", home="splash", digits="mixed", defects=(absent("satisfaction"), section("annual_report", "joint_none"))),
    Case("public-health", "groups", "landing", defects=(absent("work_manual"), absent("hr_criteria"), section("procurement_report", "columns"))),
    Case("social-development", "plain_labels", "mixed", defects=(absent("corruption_plan"), section("annual_report", "bold"))),
    Case("culture", "inline", defects=(on_index("complaint_statistics"), on_index("duties"), lacks("complaint_guide", "duration"))),
    Case("tourism", "buttons", "pdf", loose=True, defects=(scanned("hr_policy"), section("corruption_report", "none"))),
    Case("environment", "tabs", "pdf", defects=(quoted("annual_report"), section("corruption_report", "instruction"))),
    Case("industry", "oit", "mixed", loose=True, defects=(drive("procurement_months"), drive("service_manual"), section("annual_report", "no_problems"))),
    Case("energy", "zero", "pdf", shaped=True, defects=(lacks("procurement_months", "months"), section("annual_report", "joint"))),
    Case("transport", "cards", "landing", serve="slow", loose=True, defects=(unlinked("service_statistics"), section("corruption_report", "cut"))),
    Case("public-relations", "deep", "pdf", digits="thai", defects=(scanned("annual_report"), lacks("contact", "map"))),
    Case("statistics", "table", "landing", shaped=True, defects=(quoted("hr_report"), quoted("corruption_report"), lacks("risk", "levels"))),
    Case("prison", "list", "mixed", defects=(*word_file("work_manual", "service_manual", "hr_report"), old("corruption_half"), section("hr_report", "no_suggestions"))),
    Case("probation", "inline", loose=True, defects=(*shared("about", "structure", "executives", "duties"), *shared("complaints", "complaint_guide", "complaint_channel"), section("annual_report", "empty"))),
)  # fmt: skip
"""The provincial office is the case that cost the province its points: the section was cut from one report."""
