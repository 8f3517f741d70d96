"""When something is wrong: with the text, the server, the network, or what is sent."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

HOSTILE = "<b>fet</b><script>document.title='x'</script><img src=x onerror=\"document.title='x'\">"


def test_a_text_that_is_too_long_is_counted_and_not_sent(chat, words):
    sent = []
    chat.page.on("request", lambda request: sent.append(request.url))
    chat.field.fill("å" * 1995)
    expect(chat.page.locator("#count")).to_have_text(
        words("sv", "counter_left_other").replace("{n}", "5")
    )
    chat.field.fill("🙂" * 2003)  # counted as the gateway counts: characters, not UTF-16 units
    said = words("sv", "counter_over_other").replace("{n}", "3")
    expect(chat.page.locator("#count")).to_have_text(said)
    expect(chat.spoken).to_have_text(said)
    chat.field.press("Enter")
    expect(chat.field).to_have_attribute("aria-invalid", "true")
    expect(chat.page.locator(".turn")).to_have_count(0)
    assert not [url for url in sent if url.endswith("/api/chat")]
    chat.field.fill("vab")
    expect(chat.page.locator("#count")).to_be_empty()
    chat.ask("vab")
    expect(chat.card).to_be_visible()


def test_an_empty_question_is_not_sent_and_says_what_to_do(chat, words):
    chat.field.fill("  \n ")
    chat.field.press("Enter")
    expect(chat.page.locator("#count")).to_have_text(words("sv", "error_message_empty"))
    expect(chat.page.locator(".turn")).to_have_count(0)


def test_markup_in_a_question_is_shown_as_text(chat, words):
    chat.ask(HOSTILE)
    expect(chat.page.locator(".person p").last).to_have_text(HOSTILE)
    assert chat.page.locator("lotsen-chat .person :is(b, script, img)").count() == 0
    assert chat.page.title() in (words("sv", "page_title"), words("en", "page_title"))


def test_markup_and_script_links_in_an_answer_are_shown_as_text(chat):
    card = {
        "type": "answer",
        "authority_name": HOSTILE,
        "level": '"><b>',
        "title": HOSTILE,
        "why": HOSTILE,
        "links": [
            {"label": HOSTILE, "url": "javascript:alert(1)", "kind": "info"},
            {"label": "Rätt", "url": "https://example.se/", "kind": "info"},
        ],
        "source": {"url": "data:text/html,x", "checked": HOSTILE},
        "language": "sv",
        "dir": "ltr",
    }
    message = {"text": HOSTILE, "buttons": [{"title": HOSTILE, "payload": "x"}], "card": card}
    reply = {"session": "s" * 8, "language": "sv", "dir": "ltr", "messages": [message]}
    chat.page.route("**/api/chat", lambda route: route.fulfill(json=reply))
    chat.ask("vab")
    expect(chat.card.locator(".authority")).to_have_text(HOSTILE)
    assert chat.answer.locator("b, script, img").count() == 0
    hrefs = chat.answer.locator("a").evaluate_all("links => links.map(a => a.href)")
    assert hrefs == ["https://example.se/"]


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (500, json.dumps({"code": "internal"}), "error_internal"),
        (502, "<html>Bad gateway</html>", "error_internal"),
        (200, "not JSON", "error_internal"),
        (429, json.dumps({"code": "too_many_requests"}), "error_too_many_requests"),
        (None, "", "error_network"),
    ],
)
def test_a_fault_is_said_in_words_and_can_be_tried_again(chat, words, status, body, sentence):
    chat.fails_with(status, body)
    chat.ask("vab")
    expect(chat.failed.locator(".said")).to_have_text(words("sv", sentence))
    expect(chat.spoken).to_have_text(words("sv", sentence))
    chat.works_again()
    again = chat.failed.get_by_role("button", name=words("sv", "try_again"))
    again.press("Enter")
    expect(chat.card.locator(".authority")).to_have_text("Försäkringskassan")
    expect(chat.failed).to_have_count(0)
    expect(chat.answer).to_be_focused()
    expect(chat.page.locator(".person")).to_have_count(1)  # the question is not said twice


def test_after_a_fault_the_focus_is_not_lost(chat, words):
    chat.fails_with(500)
    chat.page.get_by_role("button", name=words("sv", "suggestion_2")).press("Enter")
    expect(chat.failed).to_be_focused()
    chat.failed.get_by_role("button").press("Enter")  # and fails again
    expect(chat.failed).to_be_focused()
    chat.page.keyboard.press("Tab")
    expect(chat.failed.get_by_role("button")).to_be_focused()


def test_without_network_the_page_says_so_and_goes_on_when_it_is_back(chat, words):
    offline = chat.page.locator(".offline")
    expect(offline).to_be_hidden()
    chat.page.context.set_offline(True)
    expect(offline).to_have_text(words("sv", "offline"))
    expect(chat.spoken).to_have_text(words("sv", "offline"))
    chat.ask("vab")
    expect(chat.failed.locator(".said")).to_have_text(words("sv", "error_offline"))
    chat.page.context.set_offline(False)
    expect(offline).to_be_hidden()
    chat.failed.get_by_role("button").click()
    expect(chat.card.locator(".authority")).to_have_text("Försäkringskassan")


def test_a_personal_number_is_taken_out_before_it_is_shown_in_the_answer(chat, words):
    reply = {"session": "s" * 8, "language": "sv", "dir": "ltr", "messages": []}
    reply |= {"notice": "personal_number_removed"}
    reply["messages"] = [{"text": "Ja.", "buttons": [], "language": "sv", "dir": "ltr"}]
    chat.page.route("**/api/chat", lambda route: route.fulfill(json=reply))
    chat.ask("vab")
    expect(chat.page.locator(".notice")).to_have_text(words("sv", "notice_personal_number_removed"))
