"""The paper that minutes are: made from a meeting's rows, written as canonical JSON, read back.

What the bodies sign is this document's digest; what is published is the document with the
signatures under it. Residents stand in it by the first character of their names only.
"""

from hall.folding import fold, terms
from hall.meetings.record.build import (
    number,
    paper,
    passages,
    search_text,
    shown,
)
from hall.meetings.record.codec import (
    canonical,
    digest,
    read,
    read_published,
    write,
    write_published,
)
from hall.meetings.record.paper import (
    PARTY,
    RESIDENT,
    Decided,
    Group,
    Item,
    Paper,
    Person,
    Published,
    Task,
)

__all__ = [
    "PARTY",
    "RESIDENT",
    "Decided",
    "Group",
    "Item",
    "Paper",
    "Person",
    "Published",
    "Task",
    "canonical",
    "digest",
    "fold",
    "number",
    "paper",
    "passages",
    "read",
    "read_published",
    "search_text",
    "shown",
    "terms",
    "write",
    "write_published",
]
