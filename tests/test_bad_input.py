"""What must never end in an exception or a 500: through the trained index, without Rasa."""

import json
import shutil
import socket
import subprocess

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot import cli, processes
from bot.assistant import load_assistant
from bot.encoder import SentenceEncoder
from bot.errors import EncoderError, GuidanceError, IndexMissingError, KnowledgeError, StackError
from bot.gateway import create_app
from bot.knowledge import load_knowledge
from bot.matcher import load_matcher
from bot.settings import ROOT, Settings, load_settings

VERDICTS = {"answer", "clarify", "none", "emergency"}


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def assistant():
    return load_assistant(load_settings())


@pytest.fixture(scope="module")
def client(assistant):
    settings = Settings(rasa_port=closed_port(), actions_port=closed_port(), rate_limit=100_000)
    with TestClient(create_app(settings, assistant), raise_server_exceptions=False) as client:
        yield client


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.text(max_size=3000))
def test_any_text_gets_a_verdict_and_always_the_same(text):
    matcher = load_once()
    first = matcher.match(text)
    assert first.verdict in VERDICTS
    assert len(first.candidates) <= 5
    assert matcher.match(text) == first


_LOADED = []


def load_once():
    if not _LOADED:
        _LOADED.append(load_matcher(load_settings().index))
    return _LOADED[0]


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\x00\x01", "🙂" * 50, "\u202e\u200f\u200b", "<script>alert(1)</script>",
     "'; DROP TABLE services; --", "x" * 100_000, "hej " * 25_000, "aGVqIGhlag==" * 20, "1", "?"],
)  # fmt: skip
def test_odd_text_gets_a_verdict(assistant, text):
    assert assistant.matcher.match(text).verdict in VERDICTS


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"session": None, "message": ""}, "message_empty"),
        ({"session": None, "message": "  \n "}, "message_empty"),
        ({"session": None, "message": "a" * 100_000}, "message_too_long"),
        ({"session": None, "message": "hej", "language": "xx"}, "unknown_language"),
        ({"session": None, "message": "hej", "municipality": "9999"}, "unknown_municipality"),
        ({"session": None, "message": 7}, "invalid_request"),
        ({"session": "../../etc", "message": "hej"}, "invalid_request"),
        ({"session": None}, "invalid_request"),
        ({"message": "hej", "channel": "fax"}, "invalid_request"),
        ({"message": "hej", "extra": 1}, "invalid_request"),
    ],
)
def test_a_wrong_request_is_refused_with_a_reason(client, body, code):
    reply = client.post("/api/chat", json=body)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["code"] == code and reply.json()["detail"]


def test_broken_json_is_refused(client):
    reply = client.post("/api/chat", content=b'{"message": ')
    assert reply.status_code == 422 and reply.json()["code"] == "invalid_request"


def test_a_refusal_does_not_repeat_what_was_sent(client):
    reply = client.post("/api/chat", json={"message": ["811218-9876"]})
    assert "9876" not in reply.text


def test_without_rasa_the_matcher_answers_and_says_so(client):
    reply = client.post("/api/chat", json={"message": "Jag vill bygga en altan"}).json()
    assert reply["notice"] == "rasa_down"
    assert reply["messages"][0]["card"]["authority"] == "kommun"


def test_health_names_the_parts_that_are_down(client):
    health = client.get("/health").json()
    assert health["status"] == "degraded"
    assert health["parts"]["rasa"]["status"] == health["parts"]["actions"]["status"] == "down"


def test_the_match_contract_holds(client):
    reply = client.post("/api/match", json={"text": "parking fine"}).json()
    assert set(reply) == {"language", "verdict", "candidates", "boundary", "knowledge_version"}
    assert reply["verdict"] == "clarify"
    assert {"id", "question", "options"} == set(reply["boundary"])


def test_the_form_without_script_keeps_what_was_too_long(client):
    reply = client.post("/ask", data={"message": "lång " * 500, "language": ""})
    assert reply.status_code == 422 and "lång lång" in reply.text


def test_markup_in_a_question_is_shown_as_text(client):
    page = client.post("/ask", data={"message": "<b>bygglov</b><script>x()</script>"}).text
    assert "<script>x()" not in page and "&lt;b&gt;bygglov" in page


def test_a_missing_index_says_what_to_do(tmp_path):
    with pytest.raises(IndexMissingError, match="lots train"):
        load_matcher(tmp_path)


def test_a_missing_encoder_says_what_to_do(tmp_path):
    with pytest.raises(EncoderError, match="LOTS_ENCODER"):
        SentenceEncoder(str(tmp_path)).load()


def test_any_sentence_transformers_folder_is_an_encoder(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "barn": 1, "pass": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)])
    model.save(str(tmp_path / "tiny"))
    vectors = SentenceEncoder(str(tmp_path / "tiny"))(["barn", "pass"])
    assert vectors.shape == (2, 8)
    assert vectors[0] @ vectors[0] == pytest.approx(1.0, abs=1e-5)


def test_a_broken_knowledge_file_is_named_with_its_line(tmp_path):
    folder = tmp_path / "knowledge"
    shutil.copytree(load_settings().knowledge, folder)
    path = folder / "services" / "bygglov.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: kommun", "level: planet"))
    with pytest.raises(KnowledgeError, match=r"services/bygglov\.yml:3: level"):
        load_knowledge(folder)


def test_a_taken_port_is_named_with_the_setting_that_changes_it():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(rasa_port=taken.getsockname()[1], port=closed_port())
        with pytest.raises(StackError, match="LOTS_RASA_PORT"):
            processes.check_ports(settings)


def test_a_missing_rasa_environment_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "RASA_PYTHON", tmp_path / "python")
    with pytest.raises(StackError, match="make setup"):
        processes.check_rasa_python()


def test_the_card_in_the_terminal_shows_scores_and_what_decided():
    done = CliRunner().invoke(cli.app, ["ask", "var anmäler jag flytt?"])
    assert done.exit_code == 0
    assert "Skatteverket" in done.output and "Decided by" in done.output


def test_an_unknown_language_at_the_terminal_is_one_message():
    done = CliRunner().invoke(cli.app, ["ask", "hej", "-l", "xx"])
    assert isinstance(done.exception, GuidanceError)


def test_a_file_of_questions_is_matched_in_order_or_not_at_all(tmp_path):
    rows, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows.write_text('{"id": "b", "text": "bygglov"}\n{"id": "a", "text": "vab"}\n')
    assert (
        CliRunner().invoke(cli.app, ["match", "--in", str(rows), "--out", str(out)]).exit_code == 0
    )
    verdicts = [json.loads(line) for line in out.read_text().splitlines()]
    assert [v["id"] for v in verdicts] == ["b", "a"]
    assert [v["candidates"][0]["authority"] for v in verdicts] == ["kommun", "forsakringskassan"]
    rows.write_text('{"id": "b", "text": "bygglov"}\n{"id": "c"}\n')
    out.unlink()
    done = CliRunner().invoke(cli.app, ["match", "--in", str(rows), "--out", str(out)])
    assert isinstance(done.exception, GuidanceError) and ":2:" in str(done.exception)
    assert not out.exists()


def test_a_missing_python_310_is_said_before_anything_is_installed(tmp_path):
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shims = tmp_path / "shims"
    shims.mkdir()
    (shims / "python3.10").write_text("#!/bin/sh\nexit 127\n")  # a shim that does not run
    (shims / "python3.10").chmod(0o755)
    environment = {"PATH": f"{shims}:/usr/bin:/bin", "HOME": str(tmp_path), "PYENV_ROOT": "/none"}
    done = subprocess.run(
        ["bash", str(tmp_path / "scripts" / "setup.sh")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Python 3.10" in done.stderr and "LOTS_PYTHON_RASA" in done.stderr
    assert not (tmp_path / ".venv").exists()
