"""The chat in Chromium on top of the whole stack: what only Rasa's dialogue can answer."""

import json
import re

import pytest
from playwright.sync_api import expect

from bot.feedback import read_feedback
from bot.settings import ROOT
from tests.stack.conftest import wait_until
from tests.web.conftest import Chat, chromium

pytestmark = [pytest.mark.stack, pytest.mark.browser]

QUESTION = "Var söker jag föräldrapenning?"
PHONE = "0771-524\u00a0524"  # kept in one piece


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def chat(browser, stack):
    """The chat of a Swedish browser; nothing in the page may fail."""
    context = browser.new_context(base_url=stack.url, locale="sv-SE", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto("/")
    chat = Chat(page)
    expect(chat.field).to_be_visible()
    yield chat
    assert page.locator(".notice").count() == 0  # Rasa has answered, not the matcher alone
    context.close()
    assert faults == []


def words(language, key):
    file = ROOT / "bot" / "web" / "strings" / f"{language}.json"
    return json.loads(file.read_text(encoding="utf-8"))[key]


def answered(chat, press):
    """Do something that the bot answers; wait for the answer, return the turns it came in."""
    before = chat.page.locator("lotsen-chat .turn.bot").count()
    with chat.page.expect_response("**/api/chat"):
        press()
    turns = chat.page.locator("lotsen-chat .turn.bot")
    expect(turns.nth(before)).to_be_visible()
    expect(chat.log).to_have_attribute("aria-busy", "false")
    return [turns.nth(n) for n in range(before, turns.count())]


def summary(card):
    return card.locator(".matter + p").inner_text()


def test_easy_swedish_by_the_toggle_keeps_the_card_and_changes_the_words(chat):
    chat.ask(QUESTION)
    usual = summary(chat.card)
    toggle = chat.page.get_by_role("button", name=words("sv", "easy"))

    *_, turn = answered(chat, toggle.click)
    expect(toggle).to_have_attribute("aria-pressed", "true")
    easy = turn.locator(".card")
    expect(easy.locator(".matter strong")).to_have_text("Föräldrapenning")
    expect(easy.locator(".authority")).to_have_text("Försäkringskassan")
    assert summary(easy) != usual

    *_, turn = answered(chat, toggle.click)
    expect(toggle).to_have_attribute("aria-pressed", "false")
    assert summary(turn.locator(".card")) == usual
    chat.ask("vad har de för telefonnummer?")  # the matter is still the same
    expect(chat.answer).to_contain_text(PHONE)


def test_a_judgement_is_taken_with_thanks_and_kept_without_words(chat, stack):
    before = len(list(read_feedback(stack.feedback)))
    chat.ask("Var söker jag föräldrapenning för lilla Enhörning?")
    expect(chat.card.locator(".authority")).to_have_text("Försäkringskassan")
    chat.choose("Svaret är fel")
    expect(chat.answer.locator(".said")).not_to_be_empty()
    said = chat.page.locator(".person p").last
    expect(said).to_have_text("Svaret är fel")  # the words of the button, not its payload
    assert wait_until(lambda: len(list(read_feedback(stack.feedback))) == before + 1, 5)
    kept = list(read_feedback(stack.feedback))[-1]
    assert (kept.service, kept.judgement, kept.channel) == ("foraldrapenning", "wrong", "web")
    assert "enhörning" not in stack.feedback.read_bytes().decode("utf-8", "replace").lower()


@pytest.mark.parametrize("by", ["button", "words"])
def test_a_clarifying_question_is_answered(chat, by):
    chat.ask("parkeringsböter")
    expect(chat.card).to_have_class(re.compile("card-clarify"))
    second = chat.answer.get_by_role("button").nth(1).inner_text()
    assert "betala" in second
    if by == "button":
        chat.choose(second)
    else:
        chat.ask("den andra")
    expect(chat.card.locator(".authority")).to_have_text("Transportstyrelsen")


def test_another_language_in_the_picker_keeps_the_matter(chat):
    chat.ask(QUESTION)
    chat.picker.select_option("ar")
    expect(chat.panel).to_have_attribute("dir", "rtl")
    chat.ask("ما هو رقم هاتفهم؟")
    expect(chat.answer).to_have_attribute("lang", "ar")
    expect(chat.answer).to_contain_text(PHONE)
    chat.picker.select_option("so")
    chat.ask("sababta?")
    expect(chat.answer).to_have_attribute("lang", "so")
    expect(chat.answer).to_contain_text("Försäkringskassan")


def test_in_an_emergency_the_number_comes_first(chat):
    chat.ask("Hjälp, min man andas inte")
    call = chat.card.get_by_role("link").first
    expect(call).to_have_attribute("href", "tel:112")
    expect(call).to_be_in_viewport()
    expect(chat.card.locator("h2")).to_contain_text("112")
    expect(chat.spoken).to_contain_text("112")
