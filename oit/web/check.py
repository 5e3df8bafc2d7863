"""Check before publishing: a document is read like one of a site, and nothing of it is kept."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, request
from flask import Response as PlainResponse
from werkzeug.wrappers import Response

from checklist.rules.model import Edition
from core.models.assessment import Reason
from core.sanitize import sanitize_text
from oit.check_file import MAX_BYTES, PATIENCE, FileVerdict, judge_reading
from oit.run.evidence_images import picture_marks
from oit.web.accounts import token_digest
from oit.web.documents import CheckJob
from oit.web.site import plan, render, site
from reports.advice import advise

pages = Blueprint("check", __name__)
_NAME = 150
_DRAWING = 4.0
"""Seconds that the page of the result waits for its pictures; after that it comes without and is asked for again."""


@pages.get("/check")
def form() -> str:
    """Choose a document, an item and an edition."""
    return render("check.html.j2", **_choices(_edition(request.args.get("edition", ""))), fault="")


def _choices(edition: Edition) -> dict[str, object]:
    job = plan()
    editions = sorted((e for e in job.rules.editions if not e.draft), key=lambda e: (-e.year, e.scheme))
    return {
        "edition": edition,
        "editions": editions,
        "kinds": job.rules.agency_kinds,
        "chosen_item": request.args.get("item", ""),
        "limit": MAX_BYTES >> 20,
    }


def _edition(name: str) -> Edition:
    job = plan()
    return next((e for e in job.rules.editions if e.name == name), job.edition)


@pages.post("/check")
def hand_in() -> Response | tuple[str, int]:
    """Take a document and show the page that waits for it."""
    edition = _edition(request.form.get("edition", ""))
    file = request.files.get("file")
    item = request.form.get("item", "")
    kinds = {kind.id for kind in plan().rules.agency_kinds}
    kind = request.form.get("kind", "")
    body = file.read(MAX_BYTES + 1) if file is not None else b""
    fault = ""
    if file is None or not body:
        fault = "fault_file"
    elif len(body) > MAX_BYTES:
        fault = "fault_size"
    elif item not in {each.id for each in edition.items} or kind not in kinds:
        fault = "fault_item"
    if fault or file is None:
        return render("check.html.j2", **_choices(edition), fault=fault), 400
    name = sanitize_text((file.filename or "").replace("\\", "/").rsplit("/", 1)[-1], _NAME) or "document"
    token = site().documents.hand_in(name, body, item, edition.name, kind, token_digest(g.token))
    if token is None:
        return render("check.html.j2", **_choices(edition), fault="fault_busy"), 503
    return redirect(f"/check/{token}", 303)


@pages.get("/check/<token>")
def result(token: str) -> str:
    """What is missing in a document, or that it is still being read."""
    job = site().documents.find(token, token_digest(g.token))
    if job is None:
        abort(404)
    desk = site().documents
    if not job.reading.done():
        return render("check_waiting.html.j2", job=job, token=token, ahead=desk.ahead_of(job), longest=int(PATIENCE))
    edition = _edition(job.edition)
    found = _judge(job, edition)
    marks = picture_marks(found.verdict)
    drawn = not marks or desk.draw(job, marks, _DRAWING)
    pictures = {element: f"/check/{token}/{n}.png" for n, element in enumerate(job.elements) if job.picture(element)}
    return render(
        "check_result.html.j2",
        job=job,
        found=found,
        v=found.verdict,
        reasons=[_named(reason, job.name) for reason in found.verdict.reasons if reason.code != "evidence_found"],
        advice=advise(found.verdict, edition, site().messages),
        edition=edition,
        note=_note(found),
        token=token,
        drawn=drawn,
        pictures=pictures,
    )


@pages.get("/check/<token>/<int:number>.png")
def picture(token: str, number: int) -> Response:
    """A page of the document with the quote marked, for who handed it in."""
    job = site().documents.find(token, token_digest(g.token))
    body = job.picture(job.elements[number]) if job is not None and number < len(job.elements) else b""
    if not body:
        abort(404)
    answer = PlainResponse(body, mimetype="image/png")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/check/<token>/cancel")
def cancel(token: str) -> Response:
    """Stop reading, or forget what was found."""
    site().documents.cancel(token, token_digest(g.token))
    return redirect("/check", 303)


def _judge(job: CheckJob, edition: Edition) -> FileVerdict:
    lexicon = dict(plan().rules.lexicon)
    return judge_reading(
        job.name, job.body, job.reading.result(), edition, job.item, site().today(), lexicon, job.kind
    )  # fmt: skip


def _named(reason: Reason, name: str) -> Reason:
    """The reason with the file's name: the address that it was judged under is made up."""
    return Reason(reason.code, {key: name if key == "url" else value for key, value in reason.values.items()})


def _note(found: FileVerdict) -> str:
    words, note = site().messages, found.reading.note
    if not note:
        return ""
    return words.word("note", note if words.knows("note", note) else found.reading.state.value)
