"""`oit check-file`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

import typer

from core.models.assessment import ElementStatus, Level, Quote
from core.sanitize import sanitize_text
from oit.check_file import FileVerdict, check_file
from oit.cli import options as o
from oit.run.job import pick_edition, province_edition, read_rules
from reports.advice import Advice, advise
from reports.explain import clean
from reports.messages import Messages, thai
from reports.season import edition_notes


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("check-file")(check_one)


def check_one(
    file: Annotated[Path, typer.Argument(help="A document: PDF, DOCX, XLSX, a picture ...")],
    item: Annotated[str, typer.Option("--item", help="The item that it is the evidence of, e.g. O12.")],
    kind: Annotated[str, typer.Option(help="Kind of the agency.")] = "provincial",
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.ListEdition = None,
    as_of: o.AsOf = None,
    as_json: o.Json = False,
) -> None:
    """Judge one document before it is published; exit status 1 if something is missing in it.

    Example: oit check-file report65.pdf --item O12 --edition 2565
    """
    settings = o.Options(rules=rules, as_of=as_of).settings()
    known = read_rules(rules)
    chosen = pick_edition(known, edition if edition is not None else province_edition(agencies))
    result = check_file(file, item, chosen, settings.as_of, dict(known.lexicon), kind, on_progress=_Progress(thai()))
    if as_json:
        told = {"edition": chosen.name, "as_of": settings.as_of.isoformat()}
        found = _as_json(file, result, advise(result.verdict, chosen, thai())) | told
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        typer.echo(thai().word("page", "asof_edition", edition=chosen.name, day=thai().day(settings.as_of)))
        for note in edition_notes(chosen, settings.as_of, thai()):
            typer.echo(note)
        for line in _lines(result, thai()):
            typer.echo(line)
        advice = advise(result.verdict, chosen, thai())
        typer.echo("")
        typer.echo(advice.text)
        if advice.paste:
            typer.echo("")
            typer.echo(thai().word("paste", "head"))
            typer.echo(advice.paste)
    raise typer.Exit(0 if result.fine else 1)


class _Progress:
    """Says on standard error how many pages were recognised, a line for each change."""

    def __init__(self, words: Messages) -> None:
        self._words = words
        self._said = (0, 0)

    def __call__(self, done: int, among: int) -> None:
        if done and (done, among) != self._said:
            self._said = (done, among)
            typer.echo(self._words.word("page", "recognising", done=str(done), among=str(among)), err=True)


def _as_json(file: Path, result: FileVerdict, advice: Advice) -> dict[str, object]:
    verdict = result.verdict
    return {
        "schema": "oit-check-file/1",
        "file": sanitize_text(str(file), 1000),
        "item": verdict.item,
        "status": verdict.status.value,
        "advice": advice.text,
        "paste": advice.paste,
        "elements": [
            {
                "id": f.element,
                "text": f.text,
                "level": f.level.value,
                "status": f.status.value,
                "says_none": f.says_none,
                "evidence": [
                    {"page": q.page, "line": q.line, "quote": sanitize_text(q.quote), "method": q.method.value}
                    for q in f.quotes
                ],
            }
            for f in verdict.findings
        ],
    }


def _lines(result: FileVerdict, words: Messages) -> list[str]:
    """The verdict, then each element with its place and quote, all in Thai."""
    verdict = result.verdict
    lines = [f"{verdict.item} {verdict.title}: {words.word('status', verdict.status.value)}"]
    note = result.reading.note
    if note:
        known = note if words.knows("note", note) else result.reading.state.value
        lines.append(f"  {words.word('note', known)}")
    for reason in verdict.reasons:
        if reason.code != "evidence_found":
            # The file stands behind an address made up for the judgement; its name is what the reader knows.
            named = {
                key: unquote(value).rsplit("/", 1)[-1] if key == "url" else value
                for key, value in reason.values.items()
            }
            lines.append(f"  {words.reason(replace(reason, values=named))}")
    for finding in verdict.findings:
        mark = words.detail("element", finding.status.value, "mark")
        level = f" {words.word('advised', '')}" if finding.level is Level.ADVISED else ""
        none = f" {words.word('says_none', '')}" if finding.says_none else ""
        lines.append(f"  {mark} {words.word('element', finding.status.value)} {finding.text}{level}{none}")
        lines += [f"      {_place(quote, words)}“{clean(quote.quote, 160)}”" for quote in finding.quotes[:2]]
        if finding.status is ElementStatus.PRESENT:
            continue
        if finding.reason is not None:
            lines.append(f"      {words.reason(finding.reason)}")
        if finding.seen:
            seen = " | ".join(clean(text, 60) for text in finding.seen)
            lines.append(f"      {words.word('page', 'saw_headings')}: {seen}")
    return lines


def _place(quote: Quote, words: Messages) -> str:
    """Sheet, page and line of a quote, as far as its format has them."""
    numbered = ((words.word("page", "page_no"), quote.page), (words.word("page", "line_no"), quote.line))
    places = [clean(quote.sheet, 60), *(f"{name} {at}" for name, at in numbered if at)]
    place = " ".join(p for p in places if p)
    return f"{place}: " if place else ""


def _file_name(url: str) -> str:
    return unquote(url).rsplit("/", 1)[-1]
