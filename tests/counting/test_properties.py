"""E17: properties that must hold for every vote, against the independent oracle."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from hall.counting import (
    AGAINST,
    Entry,
    Pile,
    Policy,
    Question,
    Sheet,
    Unresolved,
    Verdict,
    certain,
    decide,
    tally,
)
from hall.counting.piles import totals_of
from hall.counting.tally import choose
from hall.rulesets.rules import Op, Threshold, preset
from tests.counting import oracle
from tests.counting.helpers import MOTION, OPEN, ORDINARY, SPECIAL

AREA = st.integers(1, 10_000) | st.integers(10**6, 10**10)
ANSWER = st.sampled_from(["for", "against", "abstain", "blank", None])
PEOPLE = st.lists(st.tuples(AREA, ANSWER), min_size=1, max_size=40)
OLD = preset("CN-2007")


def counted(people, policy="NOT_PARTICIPATING", rule=ORDINARY):
    entries = [Entry(str(n), str(n), 1, area) for n, (area, _) in enumerate(people)]
    sheets = [
        Sheet(str(n), str(n), "online", OPEN, {"q": () if answer == "blank" else (answer,)})
        for n, (_, answer) in enumerate(people)
        if answer is not None
    ]
    frozen = Policy(policy, "FIRST_VALID_WINS", "NOT_PARTICIPATING")
    return tally(entries, sheets, [MOTION], frozen, [rule]).totals[0]


@given(PEOPLE)
def test_ordinary_like_the_oracle(people):
    assert decide(counted(people), ORDINARY).verdict == oracle.motion(people)


@given(PEOPLE)
def test_special_like_the_oracle(people):
    expected = oracle.motion(people, approve=oracle.THREE_QUARTERS)
    assert decide(counted(people), SPECIAL).verdict == expected


@given(PEOPLE)
def test_blank_as_abstention_like_the_oracle(people):
    expected = oracle.motion(people, blank_takes_part=True)
    assert decide(counted(people, "AS_ABSTAIN"), ORDINARY).verdict == expected


@given(PEOPLE, st.sampled_from([(4, oracle.HALF), (7, oracle.TWO_THIRDS)]))
def test_the_law_before_2021_like_the_oracle(people, case):
    matter, line = case
    expected = oracle.motion(people, quorum=oracle.HALF, approve=line, base_total=True)
    assert decide(counted(people), OLD.rule_for(matter)).verdict == expected


@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.sampled_from(list(Op)),
    st.integers(0, 10**12),
    st.integers(1, 10**12),
)
def test_threshold_like_fractions(num, den, op, part, whole):
    assume(num <= den and not (op is Op.GT and num == den) and part <= whole)
    line = Threshold(num, den, op)
    share, limit = Fraction(part, whole), Fraction(num, den)
    assert line.met(part, whole) is (share >= limit if op is Op.GE else share > limit)
    least = line.least(whole)
    assert line.met(least, whole)
    assert not line.met(least - 1, whole)


@given(st.integers(1, 10**9), st.sampled_from([ORDINARY, SPECIAL]))
def test_one_square_centimetre_decides(area, rule):
    for line in (rule.quorum_area, rule.approve_area):
        edge = line.least(area)
        assert line.met(edge, area)
        assert not line.met(edge - 1, area)


@given(
    st.lists(
        st.tuples(st.integers(80, 120), st.sampled_from(["for", "for", "for", "against", None])),
        min_size=1,
        max_size=30,
    ),
    AREA,
)
def test_one_more_for_keeps_an_adopted_vote_adopted(people, area):
    if decide(counted([*people, (area, None)]), ORDINARY).verdict is Verdict.ADOPTED:
        assert decide(counted([*people, (area, "for")]), ORDINARY).verdict is Verdict.ADOPTED


def test_one_more_against_may_complete_the_quorum():
    """Documented, not wished for: boycotting can stop a vote that opposing it would let pass."""
    people = [(100, "for")] * 59 + [(100, None)] * 31
    assert decide(counted(people), ORDINARY).verdict is Verdict.NO_QUORUM
    people[-1] = (100, AGAINST)
    assert decide(counted(people), ORDINARY).verdict is Verdict.ADOPTED


# --- the order of input ----------------------------------------------------------------------

SHEETS = st.lists(
    st.tuples(
        st.integers(0, 5),  # entry
        st.sampled_from(["online", "paper"]),
        st.integers(0, 3),  # received at, with ties
        st.sampled_from(["for", "against", "abstain", "unreadable"]),
        st.sampled_from(["A", "B", None]),
        st.sampled_from(["", "", "", "identity_invalid"]),
        st.booleans(),
    ),
    max_size=14,
)


@given(
    SHEETS,
    st.randoms(use_true_random=False),
    st.sampled_from(["FIRST_VALID_WINS", "PAPER_PREVAILS", "ONLINE_PREVAILS"]),
    st.sampled_from(["NOT_PARTICIPATING", "FOLLOW_MAJORITY", "ABSTAIN"]),
)
def test_any_order_of_input_gives_the_same_tally(drawn, random, duplicate, nonreturn):
    entries = [
        Entry(str(n), str(n // 2 * 2), 1, 100 + n, str(n % 2), delivered=n % 3 == 0)
        for n in range(8)
    ]
    sheets = [
        Sheet(
            f"s{n}",
            str(entry),
            channel,
            OPEN + timedelta(days=at),
            {"q": (mark,)},
            seq=n,
            signer=signer,
            flaw=flaw,
            disputed=disputed,
        )
        for n, (entry, channel, at, mark, signer, flaw, disputed) in enumerate(drawn)
    ]
    policy = Policy("AS_ABSTAIN", duplicate, nonreturn)
    first = tally(entries, sheets, [MOTION], policy, [ORDINARY])
    shuffled, roll = sheets[:], entries[:]
    random.shuffle(shuffled)
    random.shuffle(roll)
    assert tally(roll, shuffled, [MOTION], policy, [ORDINARY]) == first
    standing = {s.id for s in sheets} - {a.sheet for a in first.set_aside}
    assert standing == set(first.counted)
    assert len({s.entry for s in sheets if s.id in standing}) == len(standing)
    assert first.returned.within(first.total)


@given(SHEETS)
def test_a_policy_prefers_its_channel_and_then_the_receipt(drawn):
    sheets = [
        Sheet(f"s{n}", "1", channel, OPEN + timedelta(days=at), {}, seq=n)
        for n, (_, channel, at, *_) in enumerate(drawn)
    ]
    assume(sheets)
    chosen = choose(sheets, "PAPER_PREVAILS")
    paper = [s for s in sheets if s.channel == "paper"]
    assert chosen in (paper or sheets)
    assert all((s.received_at, s.seq) >= (chosen.received_at, chosen.seq) for s in paper or sheets)


# --- elections -------------------------------------------------------------------------------

CANDIDATES = ["p", "q", "r", "s"]


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.lists(st.sampled_from(CANDIDATES), min_size=1, max_size=3)),
        min_size=3,
        max_size=18,
    ),
    st.integers(1, 3),
)
def test_elections_like_the_oracle(drawn, seats):
    came = [(area, tuple(dict.fromkeys(marks))[:seats]) for area, marks in drawn]
    people = [*came, (1, None)]
    question = Question("q", "election", tuple(CANDIDATES), seats, 3)
    groups = [(marks, Pile(1, area)) for area, marks in came]
    total = Pile(len(people), sum(area for area, _ in people))
    outcome = decide(totals_of(question, total, groups, "NOT_PARTICIPATING"), ORDINARY)
    elected, tied = oracle.election(people, CANDIDATES, seats)
    assert set(outcome.winners) == set(elected)
    assert {key for group in outcome.tied for key in group} == tied
    assert outcome.vacancies == seats - len(elected)


# --- sheets left open ------------------------------------------------------------------------


COULD_BE = {"for": ("for",), "against": ("against",), "either": ("for", "against")}


@given(
    st.lists(st.tuples(st.integers(1, 9), ANSWER), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(list(COULD_BE))), max_size=5),
    st.sampled_from([ORDINARY, SPECIAL]),
)
def test_a_certain_verdict_survives_every_resolution(people, open_sheets, rule):
    """certain() against every way in which the open sheets may be resolved."""
    silent = [(area, None) for area, _ in open_sheets]
    totals = counted([*people, *silent], rule=rule)
    unresolved = [
        Unresolved(COULD_BE[mark], Pile(1, area), mark == "either") for area, mark in open_sheets
    ]
    verdict = certain(totals, rule, unresolved, "for")
    line = oracle.HALF if rule is ORDINARY else oracle.THREE_QUARTERS
    seen = set()
    for answers in product(*((None, *COULD_BE[mark]) for _, mark in open_sheets)):
        resolved = [(area, mark) for (area, _), mark in zip(open_sheets, answers, strict=True)]
        seen.add(oracle.motion([*people, *resolved], approve=line))
    if verdict is not Verdict.INCONCLUSIVE:
        assert seen == {verdict.value}
    if len(seen) > 1:
        assert verdict is Verdict.INCONCLUSIVE


def test_an_entry_that_could_be_either_can_also_bring_a_vote_down():
    people = [(100, "for")] * 31 + [(100, "against")] * 30
    totals = counted([*people, (100, None)])
    either = Unresolved(("for",), Pile(1, 100), either=True)
    assert certain(totals, ORDINARY, [either], "for") is Verdict.INCONCLUSIVE  # 31 of 62 fails
    only_for = Unresolved(("for",), Pile(1, 100))
    assert certain(totals, ORDINARY, [only_for], "for") is Verdict.ADOPTED
