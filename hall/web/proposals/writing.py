"""Writing a proposal, looking for similar ones first, and putting up a new version."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, Forbidden, NotFound, Refused
from hall.estates import queries as estates
from hall.permissions import Action
from hall.proposals import queries, service
from hall.proposals.queries import ProposalRow
from hall.proposals.rules.procedures import PROCEDURES
from hall.proposals.rules.state import State
from hall.proposals.rules.steps import scope_blockers
from hall.proposals.rules.wording import FIELDS, MOST, cleaned, missing
from hall.threads import queries as threads
from hall.web import files as web_files
from hall.web.access import allowed, current_actor, current_estate
from hall.web.forms import FormError
from hall.web.messages import sentence
from hall.web.pages.views import MATTERS
from hall.web.proposals import typed as forms
from hall.web.proposals import words
from hall.web.proposals.blueprint import BASE, ONE, bp, hats, row_here, to, whole
from hall.web.proposals.typed import Typed

# Where a refused shape belongs on the page.
PLACES = {
    "proposal_matter_missing": "f-matter",
    "lead_body_unknown": "f-lead",
    "origin_text_missing": "f-origin_text",
    "origin_in_future": "f-origin-on",
    "change_note_missing": "f-note",
    "too_many_files": "f-files",
    "file_unknown": "f-files",
    "proposal_scope_empty": "f-scope",
}
# Changes of state that a form cannot mend by another try: the page says so and keeps the text.
STALE = frozenset({"draft_stale", "version_stale"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs between what is kept and what was typed."""

    name: str
    theirs: str
    mine: str


@bp.get(BASE + "/new")
@allowed(Action.PROPOSE)
def new() -> str:
    """An empty form, or one begun from a template or from a comment."""
    form = forms.begun(request.args.get("template", ""))
    comment = request.args.get("comment", "")
    if comment.isascii() and comment.isdigit() and len(comment) < 10:
        said = threads.comment(current_estate().id, int(comment), current_actor(), clock.now())
        form = replace(form, origin="comment", comment=comment, origin_text=said.text)
    return _page(form)


@bp.post(BASE + "/new")
@allowed(Action.PROPOSE)
def create() -> AnyResponse | str:
    """Keep the draft; asked to hand it in, show similar ones first."""
    form = _posted()
    if request.form.get("do") == "template":
        return _page(_with_template(form))
    try:
        form = _with_new_files(form)
        n = service.draft(
            current_actor(),
            current_estate().id,
            form.wording,
            forms.plan_of(form),
            origin=forms.origin_of(form),
            files=form.files,
            post_id=forms.post_of(form),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_page(form, errors=_at_fields(error.blockers)), 422)
    return _after_keeping(n)


@bp.get(ONE + "/edit")
@allowed(Action.PROPOSE)
def edit(n: int) -> AnyResponse | str:
    """One's draft in the form, or the newest version to be revised."""
    row = row_here(n)
    if row.state is State.DRAFT:
        form = forms.of_row(row)
        return _page(form, row, check=bool(request.args.get("check")))
    _must_revise(row)
    files = queries.versions(row.id)[-1].files
    return _page(forms.of_row(row, [(f.id, f.label) for f in files]), row)


@bp.post(ONE + "/edit")
@allowed(Action.PROPOSE)
def edit_post(n: int) -> AnyResponse | str:
    """Keep the draft, or put up the next version; a stale base is refused with both texts."""
    row = row_here(n)
    form = _posted()
    if row.state is State.DRAFT:
        return _keep_draft(row, form)
    _must_revise(row)
    return _put_up(row, form)


@bp.post(ONE + "/submit")
@allowed(Action.PROPOSE)
def submit(n: int) -> AnyResponse | str:
    """Hand the kept draft in."""
    row = row_here(n)
    if row.facts.submitted_at is not None:
        return to(n)  # handed in already: the second tap finds it done
    try:
        service.submit(current_actor(), row.estate_id, n, now=clock.now())
    except Refused as error:
        return Response(_page(forms.of_row(row), row, errors=_at_fields(error.blockers)), 422)
    return to(n, new="1")


@bp.get(BASE + "/similar")
@allowed(Action.PROPOSE)
def similar() -> str:
    """A fragment for the form: what was proposed before and reads alike."""
    return render_template(
        "proposals/_similar.html",
        similar=queries.similar(
            current_estate().id,
            request.args.get("title", "")[:200],
            request.args.get("what", "")[:500],
            but=_number(request.args.get("but", "")),
        ),
    )


def _keep_draft(row: ProposalRow, form: Typed) -> AnyResponse | str:
    if request.form.get("do") == "template":
        return _page(_with_template(form), row, revision=whole("_revision"))
    try:
        form = _with_new_files(form)
        service.update_draft(
            current_actor(),
            row.estate_id,
            row.n,
            form.wording,
            forms.plan_of(form),
            revision=whole("_revision") or 0,
            files=form.files,
            now=clock.now(),
        )
    except Refused as error:
        stale = any(b.code in STALE for b in error.blockers)
        page = _page(
            form,
            row_here(row.n),
            errors=_at_fields(error.blockers),
            differences=_differences(row_here(row.n), form) if stale else None,
            revision=None if stale else whole("_revision"),
        )
        return Response(page, 409 if stale else 422)
    return _after_keeping(row.n)


def _put_up(row: ProposalRow, form: Typed) -> AnyResponse | str:
    base = whole("_base") or 0
    try:
        form = _with_new_files(form)
        service.revise(
            current_actor(),
            row.estate_id,
            row.n,
            form.wording,
            base=base,
            material=form.material,
            note=form.note,
            changes=forms.changes_of(form),
            files=_files_if_changed(row, form),
            post_id=forms.post_of(form),
            now=clock.now(),
        )
    except Refused as error:
        fresh, found = row_here(row.n), {b.code for b in error.blockers}
        if {"version_stale", "version_same"} <= found:
            return to(row.n, _anchor="g3")  # the second tap: these very words are up already
        stale = bool(found & STALE)
        page = _page(
            form,
            fresh,
            errors=_at_fields(error.blockers),
            differences=_differences(fresh, form) if stale else None,
            base=None if stale else base,
        )
        return Response(page, 409 if stale else 422)
    return to(row.n, _anchor="g3")


def _after_keeping(n: int) -> AnyResponse:
    """Back to the form; asked to hand it in, on to the last look, or straight through the second time."""
    if request.form.get("do") != "submit":
        return redirect(url_for("proposals.edit", n=n, saved=1), 303)
    row = row_here(n)
    alike = queries.similar(row.estate_id, row.wording.title, row.wording.what, but=n)
    seen = {_number(i) for i in request.form.getlist("_seen")}
    lacks = [*missing(row.wording), *scope_blockers(row.scope)]
    if lacks or not {s.n for s in alike} <= seen:
        return redirect(url_for("proposals.edit", n=n, check=1, _anchor="check"), 303)
    service.submit(current_actor(), row.estate_id, n, now=clock.now())
    return to(n, new="1")


def _posted() -> Typed:
    return forms.read(request.form)


def _with_new_files(form: Typed) -> Typed:
    return forms.with_files(form, web_files.take_all("files"))


def _with_template(form: Typed) -> Typed:
    """The template chosen in the form fills what is still empty; nothing typed is overwritten."""
    fresh = forms.begun(request.form.get("_procedure", ""))
    text = form.wording.text if form.wording.text.strip() else fresh.wording.text
    return replace(
        fresh,
        wording=replace(form.wording, text=text),
        origin=form.origin,
        origin_text=form.origin_text,
        origin_on=form.origin_on,
        comment=form.comment,
        as_post=form.as_post,
        files=form.files,
    )


def _files_if_changed(row: ProposalRow, form: Typed) -> tuple[tuple[int, str], ...] | None:
    before = {(f.id, f.label) for f in queries.versions(row.id)[-1].files}
    return None if before == set(form.files) else form.files


def _must_revise(row: ProposalRow) -> None:
    if row.facts.submitted_at is None:
        raise NotFound("proposal")
    if not service.may_revise(current_actor(), row.id, row.account_id, row.estate_id):
        raise Forbidden(Action.RUN_ROUNDS)


def _at_fields(blockers: tuple[Blocker, ...]) -> list[FormError]:
    found = []
    for b in blockers:
        part = str(b.facts.get("proposal_part", ""))
        place = f"f-{part}" if part in FIELDS or part in ("note", "origin_text") else ""
        found.append(FormError(PLACES.get(b.code, place), sentence(b)))
    return found


def _differences(row: ProposalRow, form: Typed) -> list[Difference]:
    mine, theirs = cleaned(form.wording), row.wording
    return [
        Difference(words.part_name(f), getattr(theirs, f), getattr(mine, f))
        for f in FIELDS
        if getattr(theirs, f) != getattr(mine, f)
    ]


def _page(
    form: Typed,
    row: ProposalRow | None = None,
    *,
    errors: list[FormError] | None = None,
    differences: list[Difference] | None = None,
    check: bool = False,
    revision: int | None = None,
    base: int | None = None,
) -> str:
    estate = current_estate()
    drafting = row is None or row.state is State.DRAFT
    looked = check or bool(errors)
    lacking = (*missing(cleaned(form.wording)), *scope_blockers(forms.plan_of(form).scope))
    return render_template(
        "proposals/edit.html",
        form=form,
        p=row,
        drafting=drafting,
        errors=errors or [],
        differences=differences,
        check=check,
        missing=_at_fields(lacking) if check else (),
        similar=queries.similar(
            estate.id, form.wording.title, form.wording.what, but=row.n if row else None
        )
        if drafting and looked
        else (),
        revision=revision if revision is not None else (row.revision if row else 0),
        base=base if base is not None else (row.version_n if row else 0),
        files=queries.file_refs([i for i, _ in form.files]),
        points=() if drafting or row is None else queries.first_level(row.thread_id),
        hats=hats(),
        matters=MATTERS,
        procedures=PROCEDURES,
        buildings=estates.buildings(estate.id),
        most=MOST,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
