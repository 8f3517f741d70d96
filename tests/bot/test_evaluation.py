"""What counts as right, and how it is told."""

import csv
import io
import json
from types import SimpleNamespace

import pytest
from rich.console import Console

from bot.decision import Candidate
from bot.detect import Detection
from bot.errors import EvaluationError
from bot.evaluation import (
    Outcome,
    Question,
    Share,
    answerable,
    calibration_error,
    credit,
    read_questions,
)
from bot.evaluation_report import run_evaluation, summary
from bot.matcher import Match

BODIES = {
    "vab": ("forsakringskassan",),
    "id_kort": ("skatteverket", "polisen"),
    "hyra": ("kommun",),
}
MATCHER = SimpleNamespace(knowledge=SimpleNamespace(accepted=BODIES.__getitem__))


def question(decision="answer", accept=("forsakringskassan",), level="stat", **values):
    row = {"id": "sv-1", "lang": "sv", "text": "vab", "kind": "keyword"} | values
    return Question(decision=decision, accept=accept, level=level, **row)


def match(verdict="answer", *services, options=(), score=0.9, level="stat", lang="sv"):
    candidates = tuple(Candidate(s, BODIES[s][0], level, score) for s in services)
    return Match(Detection(lang, 0.9, "Latn"), verdict, candidates, None, options, "", "v1")


@pytest.mark.parametrize(
    ("due", "given", "right"),
    [
        (question(), match("answer", "vab"), 1.0),
        (question(), match("answer", "hyra"), 0.0),
        (question(), match("none", "vab"), 0.0),
        (question(accept=("kommun", "skatteverket")), match("answer", "id_kort"), 1.0),
        (question("none", ()), match("none"), 1.0),
        (question("none", ()), match("answer", "vab"), 0.0),
        (question("emergency", ("sos_alarm",)), match("emergency"), 1.0),
        (
            question("clarify", ("kommun", "forsakringskassan")),
            match("clarify", options=("vab", "hyra")),
            1.0,
        ),
        (  # only one of the two that it may be is offered
            question("clarify", ("kommun", "forsakringskassan")),
            match("clarify", options=("vab", "id_kort")),
            0.0,
        ),
        (question("clarify", ("kommun", "forsakringskassan")), match("answer", "vab"), 0.5),
        (question("clarify", ("kommun", "forsakringskassan")), match("none"), 0.0),
    ],
)
def test_a_verdict_gets_the_credit_of_the_contract(due, given, right):
    assert credit(due, given, MATCHER) == right


def test_first_three_level_and_language_are_told_apart():
    outcome = Outcome(question(), match("answer", "hyra", "vab", level="kommun", lang="en"), 0.0)
    assert not outcome.first_right
    assert outcome.among_three
    assert not outcome.level_right
    assert not outcome.language_right
    also = Outcome(question(level="kommun"), match("answer", "vab"), 1.0)
    assert also.level_right  # an accepted body is of an accepted level


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 20, 0.0, 0.161), (20, 20, 0.839, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits, of, low, high):
    assert Share(hits, of).interval == pytest.approx((low, high), abs=0.001)


def test_the_calibration_error_is_the_gap_between_promise_and_truth():
    right = [Outcome(question(), match("answer", "vab", score=0.75), 1.0)] * 3
    wrong = [Outcome(question(), match("answer", "hyra", score=0.75), 0.0)]
    assert calibration_error(right + wrong) == pytest.approx(0.0)
    assert calibration_error(right) == pytest.approx(0.25)
    assert calibration_error(right + wrong * 3) == pytest.approx(0.25)


def test_only_what_can_be_answered_counts_as_answered_and_refused():
    outcomes = [
        Outcome(question(), match("none", "vab"), 0.0),
        Outcome(question(), match("answer", "vab"), 1.0),
        Outcome(question("none", ()), match("none"), 1.0),
    ]
    found = summary(outcomes)
    assert len(answerable(outcomes)) == 2
    assert (found["answered"].value, found["refused"].value) == (0.5, 0.5)
    assert (found["answers right"].of, found["language"].of) == (1, 3)


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("{", "sv.jsonl:2"),
        ('{"id": "x"}', "sv.jsonl:2: lang"),
        (question().model_dump_json().replace('"answer"', '"maybe"'), "sv.jsonl:2: decision"),
    ],
)
def test_a_broken_row_is_named_with_file_and_line(tmp_path, line, where):
    (tmp_path / "sv.jsonl").write_text(
        question().model_dump_json() + "\n" + line + "\n", encoding="utf-8"
    )
    with pytest.raises(EvaluationError, match=where):
        read_questions(tmp_path)


def test_no_questions_says_what_is_expected(tmp_path):
    with pytest.raises(EvaluationError, match="expected <language>.jsonl"):
        read_questions(tmp_path)


def test_the_report_fits_a_terminal_and_keeps_everything(trained_settings, tmp_path):
    asked = tmp_path / "questions"
    asked.mkdir()
    rows = [
        question(text="mitt barn är sjukt"),
        question(text="recept på pannkakor", decision="none", accept=(), level="", id="sv-2"),
        question(text="mitt barn är sjukt", accept=("kommun",), level="kommun", id="sv-3"),
    ]
    (asked / "sv.jsonl").write_text("".join(f"{r.model_dump_json()}\n" for r in rows), "utf-8")
    console = Console(file=io.StringIO(), width=80)
    out = tmp_path / "out"
    outcomes = run_evaluation(trained_settings, asked, out, (), console)
    assert [o.credit for o in outcomes] == [1.0, 1.0, 0.0]
    told = console.file.getvalue()
    assert max(map(len, told.splitlines())) <= 80
    assert "…" not in told  # nothing is cut off
    assert " 0.500" in told and ".09-.91" in told
    kept = {path.name for path in out.iterdir()}
    assert {"errors.csv", "outcomes.jsonl", "configuration.json"} < kept
    assert sum(name.endswith(".png") for name in kept) == 3
    with (out / "errors.csv").open(encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["sv-3"]
    configuration = json.loads((out / "configuration.json").read_text(encoding="utf-8"))
    assert configuration["knowledge_version"]
