"""Verdicts are learnt from dev questions."""

from dataclasses import fields

import joblib
import numpy as np
import pytest

from bot.verdicts import VERDICTS, Signals, VerdictModel, fit_verdicts


def signals(**values):
    return Signals(**({f.name: 0.0 for f in fields(Signals)} | values))


def test_before_anything_is_learnt_every_verdict_is_as_likely_as_the_next():
    assert VerdictModel().probabilities(signals(none=5.0)) == dict.fromkeys(VERDICTS, 0.25)


@pytest.mark.parametrize("each", [40, 150])  # without the trees and with them
def test_each_verdict_follows_its_signal(each):
    random = np.random.default_rng(3)
    rows, due = [], []
    named = {"none": "none", "emergency": "emergency", "clarify": "boundary", "answer": "best"}
    for verdict, name in named.items():
        for _ in range(each):
            rows.append(signals(**{name: 3.0 + random.normal()}))
            due.append(verdict)
    model = fit_verdicts(rows, due)
    for verdict, name in named.items():
        p = model.probabilities(signals(**{name: 4.0}))
        assert max(p, key=lambda v: p[v]) == verdict
        assert sum(p.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("found", [["answer"], ["answer", "none"], ["none", "emergency"]])
def test_a_verdict_that_is_never_due_is_never_given(found):
    rows = [signals(none=float(i % 2), best=1.0 - i % 2) for i in range(40)]
    model = fit_verdicts(rows, [found[i % len(found)] for i in range(40)])
    for given in (signals(), signals(none=9.0), signals(emergency=9.0)):
        p = model.probabilities(given)
        assert set(p) == set(VERDICTS)
        assert all(p[v] < 1e-6 for v in VERDICTS if v not in found)


def _danger_counts_among_known_words(random, n):
    """Emergencies where `emergency` and `known` are high together; either alone is none."""
    rows, due = [], []
    for i in range(n):
        danger, known = float(i % 2), float(i // 2 % 2)
        noise = random.normal(scale=0.1, size=2)
        rows.append(signals(emergency=danger + noise[0], known=known + noise[1]))
        due.append("emergency" if danger and known else "answer" if known else "none")
    return rows, due


def test_with_enough_questions_a_signal_may_count_only_beside_another():
    rows, due = _danger_counts_among_known_words(np.random.default_rng(4), 800)
    model = fit_verdicts(rows, due)
    assert model.trees is not None
    both = model.probabilities(signals(emergency=1.0, known=1.0))["emergency"]
    one = model.probabilities(signals(emergency=1.0, known=0.0))["emergency"]
    assert both > 0.5 > 5 * one


def test_the_same_questions_teach_the_same_verdicts(tmp_path):
    rows, due = _danger_counts_among_known_words(np.random.default_rng(5), 600)
    model = fit_verdicts(rows, due)
    joblib.dump(model, tmp_path / "model")
    given = signals(emergency=0.6, known=0.4)
    expected = model.probabilities(given)
    assert fit_verdicts(rows, due).probabilities(given) == expected
    assert joblib.load(tmp_path / "model").probabilities(given) == expected


def test_a_place_abroad_counts_where_the_matter_seldom_names_one_and_nothing_says_here():
    """A place, how odd it is beside the matter, and "here": learnt together, none of them alone."""
    random = np.random.default_rng(5)
    rows, due = [], []
    for i in range(900):
        abroad, odd, here = (i % 2, i // 2 % 2, i // 4 % 2)
        values = {"abroad": abroad, "abroad_odd": abroad * (1 + 4 * odd), "at_home": abroad * here}
        rows.append(signals(best=random.normal(), **{k: float(v) for k, v in values.items()}))
        due.append("none" if abroad and odd and not here else "answer")
    model = fit_verdicts(rows, due)
    odd = {"abroad": 1.0, "abroad_odd": 5.0}
    assert model.probabilities(signals(**odd))["none"] > 0.8
    assert model.probabilities(signals(**odd, at_home=1.0))["none"] < 0.2
    assert model.probabilities(signals(abroad=1.0, abroad_odd=1.0))["none"] < 0.2
    assert model.probabilities(signals())["none"] < 0.1
