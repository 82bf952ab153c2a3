"""Rules of a ballot's life: facts in, all blockers out. Pure; the count itself is hall.counting.

Blocker codes, with their facts (instants are UTC datetimes, question is the running number).

Any step:   ballot_void(at) · ballot_not_noticed
Notice:     already_noticed(at) · kind_unknown(kind) · advisory_has_matter(matter) ·
            advisory_uses_legal_words(where, word) · electorate_not_owners(electorate) ·
            matter_missing · matter_unknown(matter) · election_not_matter_3(question) ·
            not_an_owners_matter(word) · contact_missing
  origin    origin_ended · version_not_final(version) · material_change_after(version, newer) ·
            wording_publicity_too_short(needed, until) · text_not_of_version(version)
  wording   title_missing · questions_missing · question_text_missing(question) ·
            method_unknown(question, method) · abstain_missing(question) ·
            choices_too_few(question, choices, needed) · choice_text_missing(question) ·
            choice_repeated(question, choice) · none_of_these_missing(question) ·
            seats_wrong(question, seats, candidates)
  rules     ruleset_missing · ruleset_not_confirmed(ruleset) · ruleset_not_in_force(ruleset) ·
            policy_missing(field)
  roll      roll_empty · roll_without_area · roll_not_published ·
            roll_publicity_too_short(needed, until) · roll_corrections_open(until) ·
            roll_corrections_unanswered(count) · roll_changed_since_publication(at)
  window    open_missing · close_missing · open_too_early(earliest, notice_days) ·
            close_not_after_open(open) · window_too_short(min_days, earliest_close) ·
            window_too_long(max_days, latest_close)
  channels  channel_missing · channel_unknown(channel) · paper_register_missing ·
            paper_required(ruleset) · must_use_official · online_clause_missing ·
            online_confirmation_missing
Recused:    body_recused(body) · person_recused   (notice, extend, void, count)
Cast:       voting_not_open(open_at) · voting_closed(closed_at) · channel_not_offered(channel) ·
            not_on_roll · entry_not_yours(entry) · entry_represented_by_other(entry) ·
            entry_unverified(entry) · entry_contested(entry) · already_cast(entry, at, channel) ·
            sheet_changed · answer_missing(question) ·
            answer_invalid(question, reason: unreadable | unknown_choice | too_many | contradictory)
Extend:     voting_closed(closed_at) · already_extended(from, to) · extension_not_allowed ·
            new_close_not_later(close_at) · extension_too_long(max_days, latest_close) ·
            extension_reason_missing
Void:       ballot_final(until) · void_reason_missing
Count:      voting_not_closed(close_at) · already_counted(at) · recount_reason_missing ·
            sheets_unread(count) · deliveries_pending(count) · roll_digest_differs
Publish:    voting_not_closed(close_at) · not_counted · already_published(at) · recount_differs ·
            sheets_disputed(count)

who is one of committee, chair, clerk, street, scrutineer, co_owners, or None where only time,
or nobody, can clear it.
"""

from __future__ import annotations

from hall.ballots.rules.casting import Answer, CastFacts, EntryFacts, why_not_cast
from hall.ballots.rules.gap import MIN_GROUP, Gap, gap, groups_shown
from hall.ballots.rules.notice import (
    NoticeFacts,
    RollFacts,
    earliest_open,
    notice_days,
    why_not_notice,
)
from hall.ballots.rules.phase import Phase, Times, phase
from hall.ballots.rules.steps import (
    CountFacts,
    ExtendFacts,
    PublishFacts,
    VoidFacts,
    latest_close,
    why_not_count,
    why_not_extend,
    why_not_publish,
    why_not_void,
)
from hall.ballots.rules.wording import LEGAL_WORDS, QuestionFacts

__all__ = [
    "LEGAL_WORDS",
    "MIN_GROUP",
    "Answer",
    "CastFacts",
    "CountFacts",
    "EntryFacts",
    "ExtendFacts",
    "Gap",
    "NoticeFacts",
    "Phase",
    "PublishFacts",
    "QuestionFacts",
    "RollFacts",
    "Times",
    "VoidFacts",
    "earliest_open",
    "gap",
    "groups_shown",
    "latest_close",
    "notice_days",
    "phase",
    "why_not_cast",
    "why_not_count",
    "why_not_extend",
    "why_not_notice",
    "why_not_publish",
    "why_not_void",
]
