from __future__ import annotations

import pytest
from fastapi import FastAPI, Form
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient

from bot import problems
from bot.limits import RateLimit
from bot.page_faults import add_fault_pages

BROWSER = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def client():
    """An app that admits one question a minute and has a page that breaks."""
    app = FastAPI()
    problems.install(app)
    app.add_middleware(RateLimit, per_minute=1)

    @app.post("/ask")
    def ask(message: str = Form()) -> PlainTextResponse:
        return PlainTextResponse(f"answer to {message}")

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("what somebody wrote")

    def page(_, status, code, written):
        return PlainTextResponse(f"page {code} {written}", status)

    add_fault_pages(app, page)
    return TestClient(app, raise_server_exceptions=False)


def test_too_many_questions_are_a_page_that_gives_the_text_back(client):
    assert client.post("/ask", data={"message": "a"}, headers=BROWSER).text == "answer to a"
    refused = client.post("/ask", data={"message": "min fråga"}, headers=BROWSER)
    assert refused.status_code == 429
    assert refused.text == "page too_many_requests min fråga"


def test_programs_still_get_a_problem(client):
    client.post("/ask", data={"message": "a"})
    refused = client.post("/ask", data={"message": "a"}, headers={"accept": "*/*"})
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_and_a_missing_page_are_pages_too(client, caplog):
    assert client.get("/broken", headers=BROWSER).text == "page internal "
    assert "what somebody wrote" not in caplog.text
    assert client.get("/nowhere", headers=BROWSER).text == "page not_found "
    missing = client.get("/api/nowhere", headers=BROWSER)
    assert missing.json()["code"] == "not_found"
