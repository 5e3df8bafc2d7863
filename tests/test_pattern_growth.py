"""Every regular expression of the program takes time in proportion to its text: the code is walked to find them all.

What a site sends decides what they are run on. A pattern is run the way its module runs it, over long repetitions of
letters, words and marks, its own words among them. A run of a few milliseconds is linear for any pattern; only what
takes longer is measured at 1, 2, 4 and 8 times a length, on the processor's clock.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import math
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import linear_regression
from types import FrameType, ModuleType
from typing import Any

import pytest

from checklist.candidates import labels
from checklist.candidates.labels import ItemNames
from checklist.candidates.owners import offices
from checklist.kinds import kind_words
from checklist.matchers import posting
from checklist.matchers.text import people
from checklist.rules.model import Rules
from checklist.section.lexicon import section_words
from crawler.offsite.stores import load_file_hosts
from documents.thai_repair import page as repair
from documents.thai_repair.costs import Damage

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "crawler", "documents", "checklist", "reports", "oit")
STEEPEST = 1.2
"""Exponent of growth from 25,000 to 200,000 characters."""
LENGTHS = (25_000, 50_000, 100_000, 200_000)
_QUICK = 0.015
"""Seconds in which any linear pattern has looked at 25,000 characters; looking from each of them to the end takes
ten times as long."""
_TOO_LONG = 2.0
"""Seconds of the processor after which a measurement is ended: no linear pattern takes a tenth of it."""

PIECES = (
    "ก", "a", "Q", "0", "1", "๒", " ", "\u00a0", "\n", "\t", ".", "-", "–", "/", "(", "<", "[", '"', "'", "=", "%", ":",
    ";", ",", "_", "…", "q1", "ita", "ita ", "O1 ", "2566", "2566 ", "1.", "1-", "1/", "0 ", "ก ", "่", "ำ", "a@", "a.",
    "a-", "@a.", "http://", "www.", "<a ", "<meta ", "<p>", "/a", "?a=", "&p=1", "event", "ปัญหา", "ไม่มี", "พ.ศ.", "ปี ",
    "ที่", "วันที่ ", "มกราคม ", "\\", "{", "}", "*", "|",
)  # fmt: skip
FILLERS = (" ", "a", "1", "ก", ".")
"""What stands for long behind a word of the pattern."""
_OWN_WORDS = 8
_END = "\x01"
"""Behind every text: what is asked to end where the text ends has to look for another end."""
_TRIES = 8
"""Measurements of one growth before it is believed."""
_SPAN = 0.1
"""Seconds that a measurement takes at least: the processor's clock may go forward in steps of 0.004."""
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")

SHORT: dict[str, int] = {}
"""module.name -> the most characters that the pattern's callers give it: for patterns that are not linear."""

MADE: dict[str, Callable[[Rules], object]] = {
    "crawler.offsite.stores._entry": lambda rules: load_file_hosts(),
    "checklist.candidates.labels.__init__": lambda rules: vars(names_of(rules)),
    "checklist.candidates.labels._beginning_with": lambda rules: labels._beginning_with(
        rules.lexicon["neighbour_words"]
    ),
    "checklist.candidates.labels._number_pattern": lambda rules: labels._number_pattern("O"),
    "checklist.candidates.labels._url_pattern": lambda rules: labels._url_pattern("O"),
    "checklist.kinds._compile": lambda rules: kind_words(rules.lexicon),
    "checklist.kinds._marks": lambda rules: kind_words(rules.lexicon),
    "checklist.kinds._one_project": lambda rules: kind_words(rules.lexicon),
    "checklist.matchers.posting._author": lambda rules: posting._author(rules.lexicon["posted_by"]),
    "checklist.matchers.posting._counter": lambda rules: posting._counter(rules.lexicon["read_counter"]),
    "checklist.matchers.text.people._name_pattern": lambda rules: people._name_pattern(
        rules.lexicon["person_titles"], rules.lexicon["person_not_names"]
    ),
    "checklist.section.lexicon._compile": lambda rules: [
        section_words(rules.lexicon),
        section_words(rules.lexicon, recognised=True),
    ],
    "checklist.section.lexicon._compile_none_of": lambda rules: section_words(rules.lexicon).none_of,
    "checklist.section.lexicon._by_part": lambda rules: [
        *section_words(rules.lexicon).everyday.values(),
        *section_words(rules.lexicon).latin.values(),
    ],
    "checklist.section.lexicon._compile_ends": lambda rules: section_words(rules.lexicon).ends,
    "checklist.section.lexicon._compile_signature": lambda rules: section_words(rules.lexicon).signature,
    "checklist.section.lexicon._compile_forms": lambda rules: section_words(rules.lexicon).forms,
    "documents.thai_repair.page._touched": lambda rules: repair._touched(Damage(raised_lost=1.0), spaced=False),
    "documents.thai_repair.page.undo": lambda rules: re.compile("[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎#]*"),
    "documents.thai_repair.page._meaning": lambda rules: re.compile("[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎#]*+"),
    "checklist.candidates.owners.offices._pattern": lambda rules: offices._pattern(rules.lexicon["office_kinds_local"]),
    "checklist.list_ways._promises": lambda rules: re.compile("(?<![a-z])(?:ita|oit)(?![a-z])"),
    "crawler.warc.__init__": lambda rules: re.compile(r"agency-\d+\.warc\.gz\.part"),
}
"""module.function -> the patterns that it makes of the rules, or one of their shape."""


class TooSlowError(Exception):
    """A run was ended."""


@dataclasses.dataclass(frozen=True)
class Found:
    """A pattern with the ways in which its module runs it."""

    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


def names_of(rules: Rules) -> ItemNames:
    return ItemNames(rules.edition(2566).naming, rules.lexicon)


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_parsed())


def _parsed() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text("utf-8"))


def uses(tree: ast.Module) -> dict[str, frozenset[str]]:
    """How each name is run in a module: `_X.match(...)` is a match, any other use may be a search."""
    found: dict[str, set[str]] = {}
    attributes = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            attributes.add(node.value)
            if node.attr in _METHODS:
                found.setdefault(node.value.id, set()).add(node.attr)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in attributes:
            found.setdefault(node.id, set()).add("search")
    return {name: frozenset(methods) for name, methods in found.items()}


def patterns_in(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """All patterns in a value: in tuples, lists, mappings and dataclasses too."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for number, each in enumerate(value):
            yield from patterns_in(each, f"{name}[{number}]", depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for key, each in value.items():
            yield from patterns_in(each, f"{name}[{key!r}]", depth + 1)
    elif depth < 4 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from patterns_in(getattr(value, field.name, None), f"{name}.{field.name}", depth + 1)


def of_modules() -> Iterator[Found]:
    """The patterns that are attributes of modules."""
    trees = dict(modules())
    everywhere: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, methods in uses(tree).items():
            everywhere.setdefault(name, set()).update(methods)
    for module, tree in trees.items():
        own, loaded = uses(tree), importlib.import_module(module)
        for attribute, value in vars(loaded).items():
            if isinstance(value, ModuleType | type) or attribute.startswith("__"):
                continue
            for name, pattern in patterns_in(value, f"{module}.{attribute}"):
                # A private name is its module's; another may be run by whoever imports it.
                ways = own.get(attribute, frozenset()) if attribute.startswith("_") else everywhere.get(attribute, ())
                yield Found(name, pattern, frozenset(ways) or frozenset({"search"}))


def calls(module: str, tree: ast.Module) -> Iterator[tuple[str, str, ast.expr]]:
    """The calls of `re` within functions: where, which, and the pattern's expression."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in (*_METHODS, "compile")
            ):
                yield f"{module}.{function.name}", node.func.attr, node.args[0]


def of_functions() -> tuple[list[Found], list[str]]:
    """The patterns written within functions, and the places of those that are made of what a function is given."""
    found, open_ = [], []
    for module, tree in modules():
        names = vars(importlib.import_module(module))
        for where, method, expression in calls(module, tree):
            try:
                text = eval(compile(ast.Expression(expression), where, "eval"), names)
                pattern = text if isinstance(text, re.Pattern) else re.compile(text)
            except (NameError, AttributeError):
                open_.append(where)
                continue
            found.append(Found(where, pattern, frozenset({"search" if method == "compile" else method})))
    return found, open_


def own_words(pattern: re.Pattern[Any]) -> list[str]:
    """What a pattern itself speaks of: the runs of its literals."""
    from re import _parser  # type: ignore[attr-defined]

    words: list[str] = []

    def walk(items: Any) -> None:
        run = ""
        for operator, argument in items:
            if str(operator) == "LITERAL":
                run += chr(argument)
                continue
            if run:
                words.append(run)
                run = ""
            for part in argument if isinstance(argument, tuple | list) else ():
                if hasattr(part, "data"):
                    walk(part)
                elif isinstance(part, list):
                    for each in part:
                        if hasattr(each, "data"):
                            walk(each)
        if run:
            words.append(run)

    with_text: Any = pattern.pattern
    walk(_parser.parse(with_text, pattern.flags))
    return list(dict.fromkeys(words))


def makers(pattern: re.Pattern[Any]) -> Iterator[tuple[str, Callable[[int], Any]]]:
    """Long texts, as what makes one of a length: a piece again and again, alone and behind the pattern's own word."""
    words = own_words(pattern)[:_OWN_WORDS]

    def repeated(piece: str, head: str = "") -> Callable[[int], Any]:
        def make(length: int) -> Any:
            text = head + (piece * (length // len(piece) + 1))[: length - len(head)] + _END
            return text.encode() if isinstance(pattern.pattern, bytes) else text

        return make

    for piece in dict.fromkeys((*PIECES, *words, *(f"{word} " for word in words))):
        yield repr(piece), repeated(piece)
    for word in words[:4]:
        for filler in FILLERS:
            yield f"{word!r} and {filler!r}", repeated(filler, word)


def runner(pattern: re.Pattern[Any], method: str) -> Callable[[Any], object]:
    """One run of a pattern, to its end."""
    if method == "finditer":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    if method in ("sub", "subn"):
        return lambda text: pattern.sub(pattern.pattern[:0], text)
    run: Callable[[Any], object] = getattr(pattern, method)
    return run


def seconds(run: Callable[[Any], object], text: Any) -> float:
    """Processor time of one run, of as many as the clock needs to tell. Raises TooSlowError."""
    signal.setitimer(signal.ITIMER_VIRTUAL, _TOO_LONG)
    began, times, took = time.process_time(), 0, 0.0
    while took < _SPAN:
        run(text)
        times += 1
        took = time.process_time() - began
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return took / times


def is_quick(run: Callable[[Any], object], text: Any) -> bool:
    """Whether a run takes no longer than any linear pattern may; one of three, as a processor is shared with others."""
    for _ in range(3):
        signal.setitimer(signal.ITIMER_VIRTUAL, _TOO_LONG)
        began = time.process_time()
        run(text)
        took = time.process_time() - began
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if took < _QUICK:
            return True
    return False


def exponent(run: Callable[[Any], object], make: Callable[[int], Any]) -> float:
    """How a run grows with its text, 1 for linear; infinite for one without an end.

    What grows too fast does so each time; a processor shared with others is slower now and then."""
    best = math.inf
    for _ in range(_TRIES):
        try:
            took = [math.log(seconds(run, make(length))) for length in LENGTHS]
        except TooSlowError:
            return math.inf
        best = min(best, linear_regression([math.log(length) for length in LENGTHS], took).slope)
        if best <= STEEPEST:
            break
    return best


def slow(found: Found) -> Iterator[str]:
    """What a pattern is slow on."""
    most = SHORT.get(found.name, LENGTHS[0])
    for method in sorted(found.methods):
        run = runner(found.pattern, method)
        for what, make in makers(found.pattern):
            try:
                if all(is_quick(run, make(length)) for length in {min(3_000, most), most}):
                    continue
            except TooSlowError:
                pass
            if found.name in SHORT:
                yield f"{found.name}.{method} on {what}: {most} characters take more than {_QUICK} s"
            elif (grows := exponent(run, make)) > STEEPEST:
                yield f"{found.name}.{method} on {what}: {grows:.2f}"
                return


@pytest.fixture
def stopwatch() -> Iterator[None]:
    """End what runs for too long on the processor's clock."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def slow_ones(patterns: Iterable[Found]) -> list[str]:
    once = {(found.pattern, found.methods): found for found in patterns}
    return [line for found in once.values() for line in slow(found)]


@pytest.mark.timeout(600)  # some thousand measurements, each of which a busy machine makes slower
@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize("package", PACKAGES)
def test_no_pattern_of_a_module_grows_faster_than_its_text(package: str) -> None:
    written, _ = of_functions()
    found = [each for each in (*of_modules(), *written) if each.name.startswith(f"{package}.")]
    assert slow_ones(found) == []


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("stopwatch")
def test_no_pattern_made_of_the_rules_grows_faster_than_its_text(shipped: Rules) -> None:
    made = [
        Found(name, pattern, frozenset({"search", "match"}))
        for function, make in MADE.items()
        for name, pattern in patterns_in(make(shipped), function)
    ]
    assert slow_ones(made) == []


def test_every_function_that_makes_patterns_is_in_the_table() -> None:
    """A new one is added to MADE, with a way to get what it makes."""
    _, unknown = of_functions()
    assert set(unknown) <= set(MADE)


@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize(("text", "method"), [(r"\s+$", "search"), (r"\w+@\w+", "finditer")])
def test_a_slow_pattern_is_found(text: str, method: str) -> None:
    assert list(slow(Found("made up", re.compile(text), frozenset({method})))) != []
