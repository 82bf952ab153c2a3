"""What can be done in a thread: speak, change, take back, echo, answer, report, decide, appeal."""

from hall.threads.service.answers import answer, refer
from hall.threads.service.moderation import appeal, decide_appeal, moderate, report
from hall.threads.service.opening import open_thread, set_window
from hall.threads.service.voices import voice_of
from hall.threads.service.writing import comment, echo, edit, record_voice, withdraw

__all__ = [
    "answer",
    "appeal",
    "comment",
    "decide_appeal",
    "echo",
    "edit",
    "moderate",
    "open_thread",
    "record_voice",
    "refer",
    "report",
    "set_window",
    "voice_of",
    "withdraw",
]
