"""Reads of the threads room: pages of a thread, points still open, who owes answers, reports."""

from hall.threads.queries.answers import (
    BodyCounts,
    OwedRow,
    by_body,
    owed,
)
from hall.threads.queries.mine import MyAnswer, answers_to
from hall.threads.queries.points import OpenPoint, ThreadCounts, counts, open_points
from hall.threads.queries.rows import (
    AnswerRow,
    CommentRow,
    DecisionRow,
    EditRow,
    MyReport,
    ThreadPage,
    ThreadRow,
)
from hall.threads.queries.threads import (
    SORTS,
    comment,
    decisions_on,
    edits_of,
    get,
    page,
    titles,
)

__all__ = [
    "SORTS",
    "AnswerRow",
    "BodyCounts",
    "CommentRow",
    "DecisionRow",
    "EditRow",
    "MyAnswer",
    "MyReport",
    "OpenPoint",
    "OwedRow",
    "ThreadCounts",
    "ThreadPage",
    "ThreadRow",
    "answers_to",
    "by_body",
    "comment",
    "counts",
    "decisions_on",
    "edits_of",
    "get",
    "open_points",
    "owed",
    "page",
    "titles",
]
