"""From a ranking to a verdict; the rankings here are made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision import (
    CLARIFY_FROM,
    EMERGENCY_FROM,
    LOW,
    MAX_CANDIDATES,
    NONE_FROM,
    SURE_ENOUGH,
    VERY_SURE,
    Ranking,
    boundary_hint,
    decide,
)
from bot.knowledge import load_knowledge
from bot.verdicts import VERDICTS
from tests.small_base import SERVICES
from tests.small_files import replace

ORDINARY = [service for service in SERVICES if service != "nodsamtal"]


def ranking(*services, sure=0.9, boundary=None, **verdicts):
    """A ranking of services named with their probabilities; the others share what is left."""
    named = dict(services)
    rest = [s for s in ORDINARY if s not in named]
    left = (1.0 - sum(named.values())) / max(len(rest), 1)
    everything = sorted([*services, *((s, left) for s in rest)], key=lambda pair: -pair[1])
    answer = max(1.0 - sum(verdicts.values()), 0.0)
    p = dict.fromkeys(VERDICTS, 0.0) | {"answer": answer} | verdicts
    return Ranking(everything, sure, p, boundary)


def names(decision):
    return [candidate.service for candidate in decision.candidates]


def test_what_calls_for_an_answer_is_answered(small):
    decision = decide(ranking(("id_kort", 0.9), sure=0.95), small)
    assert (decision.verdict, names(decision)[0]) == ("answer", "id_kort")
    first = decision.candidates[0]
    assert (first.authority, first.level, first.score) == ("skatteverket", "stat", 0.95)
    assert (decision.boundary, decision.options) == (None, ())


@pytest.mark.parametrize(
    ("verdict", "threshold"),
    [("emergency", EMERGENCY_FROM), ("none", NONE_FROM), ("clarify", CLARIFY_FROM)],
)
def test_each_verdict_has_its_threshold(small, verdict, threshold):
    close = [("bostadsbidrag", 0.45), ("forsorjningsstod", 0.44)]
    found = decide(ranking(*close, sure=0.5, **{verdict: threshold}), small)
    below = decide(ranking(*close, sure=0.5, **{verdict: threshold - 0.01}), small)
    assert (found.verdict, below.verdict) == (verdict, "answer")


def test_who_is_very_sure_asks_only_where_the_text_is_clearly_open(small):
    close = [("bostadsbidrag", 0.45), ("forsorjningsstod", 0.44)]
    assert decide(ranking(*close, sure=VERY_SURE, clarify=0.59), small).verdict == "answer"
    assert decide(ranking(*close, sure=VERY_SURE, clarify=0.61), small).verdict == "clarify"


def test_who_is_sure_asks_only_where_a_question_is_likelier_than_an_answer(small):
    close = [("bostadsbidrag", 0.45), ("forsorjningsstod", 0.44)]
    assert decide(ranking(*close, sure=SURE_ENOUGH, clarify=0.45), small).verdict == "answer"
    assert decide(ranking(*close, sure=SURE_ENOUGH, clarify=0.55), small).verdict == "clarify"
    assert (
        decide(ranking(*close, sure=SURE_ENOUGH - 0.01, clarify=0.45), small).verdict == "clarify"
    )


def test_112_goes_before_everything(small):
    decision = decide(ranking(("id_kort", 0.9), emergency=EMERGENCY_FROM, none=0.8), small)
    assert decision.verdict == "emergency"
    assert [(c.authority, c.level) for c in decision.candidates] == [("sos_alarm", "sos")]


def test_both_sides_of_a_boundary_are_asked_in_the_boundarys_order(small):
    close = [("forsorjningsstod", 0.5), ("bostadsbidrag", 0.3)]
    decision = decide(ranking(*close, clarify=0.9), small)
    assert (decision.verdict, decision.boundary) == ("clarify", "pengar_till_hyran")
    assert decision.options == ("bostadsbidrag", "forsorjningsstod")
    assert names(decision)[:2] == ["forsorjningsstod", "bostadsbidrag"], "candidates: best first"


def test_an_open_boundary_likelier_than_every_service_is_asked(small):
    decision = decide(ranking(("id_kort", 0.4), boundary=("barn_hemma", 0.5), clarify=0.9), small)
    assert (decision.verdict, decision.boundary) == ("clarify", "barn_hemma")
    assert decision.options == ("vab", "forskola")
    assert {"vab", "forskola"} <= set(names(decision))


def test_close_authorities_without_a_boundary_are_asked(small):
    decision = decide(ranking(("id_kort", 0.4), ("sjukpenning", 0.35), clarify=0.9), small)
    assert (decision.verdict, decision.boundary) == ("clarify", None)
    assert decision.options == ("id_kort", "sjukpenning")


def test_at_most_three_close_authorities_are_asked_each_once(small):
    close = [("id_kort", 0.2), ("flyttanmalan", 0.2), ("sjukpenning", 0.19), ("forskola", 0.17)]
    decision = decide(ranking(*close, clarify=0.9), small)
    assert decision.options == ("id_kort", "sjukpenning", "forskola")


def test_where_there_is_nothing_to_ask_it_answers(small):
    close = [("id_kort", 0.6), ("flyttanmalan", 0.39)]  # two services of one authority
    decision = decide(ranking(*close, clarify=0.9), small)
    assert (decision.verdict, names(decision)[0]) == ("answer", "id_kort")


def test_a_boundary_is_no_hint_where_both_sides_accept_the_same_body(small_knowledge):
    path = small_knowledge / "services" / "forsorjningsstod.yml"
    replace(path, "level:", "also: [forsakringskassan]\nlevel:")
    both = load_knowledge(small_knowledge)
    assert boundary_hint([("bostadsbidrag", 0.5), ("forsorjningsstod", 0.4)], both) == (None, 0.0)


def test_a_hint_is_the_other_sides_share_of_the_first(small):
    services = [("bostadsbidrag", 0.5), ("forsorjningsstod", 0.1)]
    assert boundary_hint(services, small) == ("pengar_till_hyran", pytest.approx(0.2))
    assert boundary_hint([("id_kort", 1.0)], small) == (None, 0.0)


def test_what_is_no_matter_gets_none_with_low_scores(small):
    decision = decide(ranking(("id_kort", 0.9), none=NONE_FROM), small)
    assert decision.verdict == "none"
    assert all(c.score <= LOW for c in decision.candidates)


@given(
    st.lists(st.floats(0.0, 1.0), min_size=len(ORDINARY), max_size=len(ORDINARY)),
    st.floats(0.0, 1.0),
    st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4),
    st.one_of(
        st.none(),
        st.tuples(st.sampled_from(["barn_hemma", "pengar_till_hyran"]), st.floats(0.0, 1.0)),
    ),
)
def test_every_ranking_gets_a_sound_verdict(get_small, weights, sure, verdicts, boundary):
    small = get_small()
    total = sum(weights) or 1.0
    pairs = sorted(zip(ORDINARY, (w / total for w in weights), strict=True), key=lambda x: -x[1])
    p = {v: w / sum(verdicts) for v, w in zip(VERDICTS, verdicts, strict=True)}
    decision = decide(Ranking(pairs, sure, p, boundary), small)
    scores = [candidate.score for candidate in decision.candidates]
    assert decision.verdict in VERDICTS
    assert len(scores) <= MAX_CANDIDATES
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len(set(names(decision))) == len(scores)
    assert bool(decision.options) == (decision.verdict == "clarify")
    assert 2 <= len(decision.options or "ab") <= 4
    if decision.boundary:
        assert decision.options == small.boundaries[decision.boundary].services
    assert decide(Ranking(pairs, sure, p, boundary), small) == decision
