"""Writing: a comment, an offline voice, an edit, a withdrawal, an echo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete, select

from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, refuse_if
from hall.journal.service import record
from hall.permissions import Action, Actor, require
from hall.threads.models import Comment, CommentEdit, Echo, Thread
from hall.threads.rules import (
    Voice,
    answer_due,
    clean,
    comment_blockers,
    echo_blockers,
    edit_blockers,
    offline_blockers,
    text_blockers,
    withdraw_blockers,
)
from hall.threads.rules.writing import ALIGNMENTS
from hall.threads.service import load
from hall.threads.service.voices import LONGEST_PLACE, refuse_company, voice_of


def comment(
    actor: Actor,
    estate_id: int,
    thread_id: int,
    *,
    text: str,
    parent_id: int | None = None,
    alignment: str = "",
    post_id: int | None = None,
    show_name: bool = True,
    request_key: str = "",
    now: datetime,
) -> int:
    """Say something in a thread, or reply; gives back the comment's id.

    The same request_key from the same account has one effect. Raises Forbidden, NotFound, Refused
    with all of: thread_not_open, thread_closed, too_deep, parent_gone, alignment_unknown,
    comment_missing, comment_too_long, too_many_comments, speak_as_company.
    """
    with atomic():
        thread = load.locked_thread(estate_id, thread_id)
        require(actor, Action.COMMENT, estate_id)
        voice = voice_of(actor, estate_id, post_id, now)
        before = load.repeated(thread_id, voice.account_id, request_key)
        if before is not None:
            return before
        parent = _parent(thread, parent_id)
        said = clean(text)
        refuse_if(
            comment_blockers(
                load.window(thread),
                load.facts(parent) if parent else None,
                said,
                alignment,
                load.written_lately(voice.account_id, now, offline=False),
                now,
            )
        )
        row = _new(thread, voice, said, alignment, request_key[:64], now, parent)
        row.show_name = show_name or voice.standing == "body"
        # A name that is not shown in the thread is not shown in the log either.
        shown = actor if row.show_name else replace(actor, name="hidden")
        return _add(shown, thread, row, "threads.commented", now)


def record_voice(
    actor: Actor,
    estate_id: int,
    thread_id: int,
    *,
    text: str,
    name: str,
    place: str,
    source: str,
    spoken_on: date | None,
    read_back: bool,
    post_id: int,
    alignment: str = "",
    request_key: str = "",
    now: datetime,
) -> int:
    """Take down what somebody said in a call, a talk, a visit or a note; it counts like any comment.

    name, place: how the speaker is to be shown. read_back: it was read back to the speaker.
    Raises Forbidden, NotFound, Refused with all of: thread_not_open, thread_closed, speaker_missing,
    speaker_too_long, source_missing, spoken_day_missing, spoken_in_future, alignment_unknown,
    comment_missing, comment_too_long, too_many_comments.
    """
    with atomic():
        thread = load.locked_thread(estate_id, thread_id)
        require(actor, Action.RECORD_VOICE, estate_id)
        voice = voice_of(actor, estate_id, post_id, now)
        before = load.repeated(thread_id, voice.account_id, request_key)
        if before is not None:
            return before
        said, speaker = clean(text), clean(name).replace("\n", " ")
        refuse_if(
            offline_blockers(
                load.window(thread),
                text=said,
                name=speaker,
                source=source,
                spoken_on=spoken_on,
                alignment=alignment,
                written=load.written_lately(voice.account_id, now, offline=True),
                now=now,
            )
        )
        at = clean(place).replace("\n", " ")[:LONGEST_PLACE]
        heard = replace(voice, name=speaker, place=at, standing="offline", person_id=None)
        row = _new(thread, heard, said, alignment, request_key[:64], now, None)
        row.source, row.spoken_on, row.read_back = source, spoken_on, read_back
        row.recorder = voice.name
        return _add(actor, thread, row, "threads.voice_recorded", now, source=source)


def edit(
    actor: Actor, estate_id: int, comment_id: int, *, text: str, alignment: str, now: datetime
) -> int:
    """Change one's own words within 30 minutes; what they were stays readable. Gives the edit's number.

    Raises Forbidden, NotFound, Refused with all of: edit_late, point_answered, thread_closed,
    thread_not_open, comment_masked, comment_hidden, comment_withdrawn, comment_missing,
    comment_too_long, alignment_unknown.
    """
    with atomic() as session:
        thread, row = load.locked_comment(estate_id, comment_id)
        _own(actor, row)
        said = clean(text)
        answered = bool(load.answers_of(comment_id))
        found = edit_blockers(load.facts(row, answered=answered), load.window(thread), now)
        refuse_if([*found, *text_blockers(said)])
        if alignment not in ALIGNMENTS:
            alignment = row.alignment
        if (said, alignment) == (row.text, row.alignment):
            return row.edits
        session.add(
            CommentEdit(comment_id=row.id, text=row.text, alignment=row.alignment, until=now)
        )
        row.text, row.alignment, row.edited_at = said, alignment, now
        row.edits += 1
        _journal(actor, "threads.edited", row, now, edits=row.edits)
        return row.edits


def withdraw(actor: Actor, estate_id: int, comment_id: int, *, now: datetime) -> None:
    """Take one's own words back: a line stays in their place, and the number.

    Raises Forbidden, NotFound, Refused: comment_withdrawn, comment_hidden.
    """
    with atomic():
        _thread, row = load.locked_comment(estate_id, comment_id)
        _own(actor, row)
        refuse_if(withdraw_blockers(load.facts(row)))
        row.state, row.state_reason = "withdrawn", ""
        _journal(actor, "threads.withdrawn", row, now)


def echo(actor: Actor, estate_id: int, comment_id: int, *, on: bool, now: datetime) -> None:
    """我也这么想: add one's name to a comment, or take it off; asking twice changes nothing.

    Raises Forbidden, NotFound, Refused with all of: own_comment, comment_withdrawn, comment_hidden,
    thread_not_open, thread_closed, speak_as_company.
    """
    with atomic() as session:
        thread, row = load.locked_comment(estate_id, comment_id)
        require(actor, Action.COMMENT, estate_id)
        refuse_company(actor, estate_id)
        account_id = _account(actor)
        refuse_if(echo_blockers(load.facts(row), account_id, load.window(thread), now))
        mine = (Echo.comment_id == comment_id, Echo.account_id == account_id)
        there = session.scalar(select(Echo.comment_id).where(*mine)) is not None
        if there == on:
            return
        if on:
            session.add(Echo(comment_id=comment_id, account_id=account_id, at=now))
        else:
            session.execute(delete(Echo).where(*mine))
        # Nobody is shown who echoed; the account stays in the table.
        _journal(
            replace(actor, name="hidden"),
            "threads.echoed" if on else "threads.echo_taken_back",
            row,
            now,
        )


def _parent(thread: Thread, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    row = db.session.get(Comment, parent_id, populate_existing=True)
    if row is None or row.thread_id != thread.id:
        raise NotFound("comment")
    return row


def _new(
    thread: Thread,
    voice: Voice,
    text: str,
    alignment: str,
    request_key: str,
    now: datetime,
    parent: Comment | None,
) -> Comment:
    own_words = voice.standing == "body" and voice.body == thread.answer_body
    owed = parent is None and not own_words
    return Comment(
        estate_id=thread.estate_id,
        thread_id=thread.id,
        parent_id=parent.id if parent else None,
        root_id=(parent.root_id or parent.id) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        alignment=alignment,
        text=text,
        written_at=now,
        account_id=voice.account_id,
        person_id=voice.person_id,
        name=voice.name,
        place=voice.place,
        standing=voice.standing,
        body=voice.body,
        title=voice.title,
        post_id=voice.post_id,
        answer_body=thread.answer_body if owed else None,
        answer_due_at=answer_due(now, thread.answer_days) if owed else None,
        request_key=request_key,
    )


def _add(
    actor: Actor, thread: Thread, row: Comment, act: str, now: datetime, **more: object
) -> int:
    db.session.add(row)
    db.session.flush()
    _journal(
        actor,
        act,
        row,
        now,
        title=thread.title,
        parent_id=row.parent_id,
        root_id=row.root_id,
        body=row.body,
        answer_body=row.answer_body,
        **more,
    )
    return row.id


def _journal(actor: Actor, act: str, row: Comment, now: datetime, **more: object) -> None:
    record(
        actor,
        act,
        "comment",
        row.id,
        estate_id=row.estate_id,
        now=now,
        thread_id=row.thread_id,
        **more,
    )


def _own(actor: Actor, row: Comment) -> None:
    if actor.account_id is None or actor.account_id != row.account_id:
        raise Forbidden("threads:own_comment")


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise Forbidden(Action.COMMENT)
    return actor.account_id
