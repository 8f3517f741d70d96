"""axe-core finds nothing, in light and in dark."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

THEMES = ("light", "dark")


def _found_by_axe(page):
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for fault in Axe().run(page).response["violations"]:
            found += [
                f"{theme}: {fault['id']} at {node['target']}: {node['failureSummary']}"
                for node in fault["nodes"]
            ]
    return found


def test_axe_finds_nothing_on_the_start_page(chat):
    assert _found_by_axe(chat.page) == []


@pytest.mark.parametrize(
    ("question", "card"),
    [
        ("My child is ill and I cannot go to work", ".level-stat"),
        ("إجازة الوالدين", "[dir=rtl].level-stat"),
        ("parking fine", ".card-clarify"),
        ("huset brinner", ".card-emergency"),
    ],
    ids=["answer", "arabic", "clarify", "emergency"],
)
def test_axe_finds_nothing_in_an_answer(chat, question, card):
    chat.ask(question)
    expect(chat.answer.locator(card)).to_be_visible()
    assert _found_by_axe(chat.page) == []


def test_axe_finds_nothing_when_something_failed(chat):
    chat.fails_with(500)
    chat.ask("vab")
    chat.field.fill("å" * 2001)
    chat.page.context.set_offline(True)
    expect(chat.page.locator(".offline")).to_be_visible()
    assert _found_by_axe(chat.page) == []


def test_axe_finds_nothing_on_the_page_without_script(new_page):
    page = new_page()
    page.goto("/ask")
    assert _found_by_axe(page) == []
    page.locator("#message").fill("parking fine")
    page.locator("main .send").click()
    expect(page.locator(".card-clarify")).to_be_visible()
    assert _found_by_axe(page) == []
    page.locator(".choices button").first.click()
    expect(page.locator(".card .authority")).to_have_text(re.compile("Polisen"))
    assert _found_by_axe(page) == []


def test_axe_finds_nothing_on_the_form_of_the_start_page_without_script(new_page):
    page = new_page()
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/?lang=ar")
    expect(page.locator(".plain form")).to_be_visible()
    assert _found_by_axe(page) == []
