"""Asking and being answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

QUESTIONS = {  # language -> (question, level word)
    "sv": ("Jag vabbar, vem betalar mig?", "Stat"),
    "en": ("My child is ill and I cannot go to work", "State"),
    "so": ("Lacagta marka ilmuhu jirran yahay", None),
    "ar": ("إجازة الوالدين", None),
}


def _ask_and_check_card(chat, words, language):
    question, level = QUESTIONS[language]
    chat.ask(question)
    card = chat.card
    expect(card.locator(".authority")).to_have_text("Försäkringskassan")
    expect(card.locator(".level strong")).to_have_text(level or words(language, "level_stat"))
    expect(card.locator(".section-why h3")).to_have_text(words(language, "why"))
    expect(card.locator(".section-why p")).not_to_be_empty()
    expect(card.locator(".section-not_here h3")).to_have_text(words(language, "not_here"))
    expect(card.locator(".section-not_here li strong").first).not_to_be_empty()
    # A step names the site and links to it; nobody reads out a whole address.
    expect(card.locator(".section-steps li a").first).to_contain_text("forsakringskassan.se")
    expect(card.locator(".section-steps")).not_to_contain_text("https:")
    link = card.locator("a.action").first
    assert link.get_attribute("href").startswith("https://www.forsakringskassan.se/")
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in link.get_attribute("rel")
    expect(card.locator('a.action[href^="tel:"]')).to_have_attribute("href", "tel:0771524524")
    expect(card.locator(".source a")).to_contain_text("forsakringskassan.se")
    expect(card).to_have_attribute("lang", language)
    return card


def test_a_question_in_swedish_gives_a_whole_card(chat, words):
    card = _ask_and_check_card(chat, words, "sv")
    expect(card.locator(".level")).to_contain_text("Stat")
    expect(card.locator(".source time")).to_have_attribute("datetime", "2026-11-21")
    expect(card.locator(".say")).to_have_count(0)  # a Swedish speaker needs no words to show


def test_a_question_in_english_is_answered_in_english_and_the_page_follows(chat, words):
    card = _ask_and_check_card(chat, words, "en")
    expect(card.locator(".explained")).to_contain_text("Swedish")
    expect(card.locator(".say dt").first).to_have_attribute("lang", "sv")
    expect(chat.picker).to_have_value("en")
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    assert chat.page.title() == words("en", "page_title")


def test_a_question_in_somali_is_answered_in_somali(chat, words):
    _ask_and_check_card(chat, words, "so")
    expect(chat.panel).to_have_attribute("lang", "so")


def test_a_question_in_arabic_turns_message_and_panel_right_to_left(chat, words):
    card = _ask_and_check_card(chat, words, "ar")
    for turned in (card, chat.answer, chat.panel, chat.page.locator("html")):
        expect(turned).to_have_attribute("dir", "rtl")
    assert card.evaluate("e => getComputedStyle(e).direction") == "rtl"
    # Swedish words, addresses and numbers keep their own direction.
    expect(card.locator(".say dt").first).to_have_attribute("dir", "ltr")
    expect(card.locator('a[href^="tel:"] bdi')).to_have_attribute("dir", "ltr")
    field, send = chat.field.bounding_box(), chat.panel.locator(".send").bounding_box()
    assert send["x"] < field["x"]


def test_a_near_twin_is_settled_by_a_button(chat):
    chat.ask("parking fine")
    expect(chat.card.locator(".ask")).to_contain_text("parkeringsanmärkning")
    assert chat.answer.get_by_role("button").count() >= 3
    chat.choose("I want to pay")
    expect(chat.card.locator(".authority")).to_have_text("Transportstyrelsen")
    expect(chat.card).to_have_attribute("lang", "en")
    # The person sees the words of the button, not the payload.
    said = chat.page.locator(".person").last
    expect(said).to_contain_text("I want to pay")
    expect(said).not_to_contain_text("/choose_service")


def test_an_emergency_shows_the_number_to_call_first(chat):
    chat.ask("huset brinner")
    call = chat.card.get_by_role("link")
    expect(call).to_have_attribute("href", "tel:112")
    expect(call).to_contain_text("112")
    assert call.bounding_box()["height"] >= 70
    expect(chat.card.locator("h2")).to_contain_text("112")
    # Nothing stands before it, not even that Rasa is down.
    order = chat.page.locator(".turn").evaluate_all("turns => turns.map(t => t.classList[1])")
    assert order == ["person", "bot", "notice"]


@pytest.mark.parametrize("script", [True, False], ids=["chat", "without script"])
def test_among_arabic_letters_a_number_with_a_space_keeps_its_order(open_chat, new_page, script):
    """ "114 14" would be shown, and dialled, as "14 114"."""
    if script:
        chat = open_chat("/?lang=ar")
        chat.ask("البيت يحترق")
        card = chat.card
    else:
        page = new_page()
        page.goto("/ask?lang=ar")
        page.locator("#message").fill("huset brinner")
        page.locator("main .send").click()
        card = page.locator(".card")
    expect(card).to_have_attribute("dir", "rtl")
    lefts = card.locator("ol li").last.evaluate(
        """li => { const walker = document.createTreeWalker(li, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            const at = node.data.search(/114\\s14/);
            if (at < 0) continue;
            return [[at, at + 3], [at + 4, at + 6]].map(([from, to]) => {
                const range = new Range();
                range.setStart(node, from);
                range.setEnd(node, to);
                return range.getBoundingClientRect().left; });
        } }"""
    )
    assert lefts[0] < lefts[1]


def test_what_is_nobodys_matter_is_said_in_words(chat):
    chat.ask("asdfgh qwerty")
    expect(chat.card).to_have_count(0)
    expect(chat.answer.locator(".said")).not_to_be_empty()


def test_an_example_asks_its_question(chat, words):
    chat.page.get_by_role("button", name=words("sv", "suggestion_2")).click()
    expect(chat.page.locator(".person p").last).to_have_text(words("sv", "suggestion_2"))
    expect(chat.card).to_be_visible()  # an answer, or the question that decides


def test_the_picker_changes_the_whole_interface(chat, words):
    chat.picker.select_option("ar")
    expect(chat.panel).to_have_attribute("dir", "rtl")
    expect(chat.page.locator("html")).to_have_attribute("lang", "ar")
    expect(chat.page.get_by_role("heading", level=2)).to_have_text(words("ar", "title"))
    expect(chat.page.locator("label[for=question]")).to_have_text(words("ar", "question"))
    expect(chat.page.locator(".tagline")).to_have_text(words("ar", "tagline"))
    chat.picker.select_option("sv")
    expect(chat.panel).to_have_attribute("dir", "ltr")
    expect(chat.page.locator("label[for=question]")).to_have_text(words("sv", "question"))


def test_a_language_without_texts_shows_english_ones_marked_as_english(chat, words):
    chat.page.route("**/strings/fi.json", lambda route: route.abort())
    chat.picker.select_option("fi")
    expect(chat.panel).to_have_attribute("lang", "en")
    expect(chat.page.locator("label[for=question]")).to_have_text(words("en", "question"))
    expect(chat.picker).to_have_value("fi")


def test_a_question_in_a_language_without_texts_sets_the_picker_and_says_what_is_english(chat):
    chat.page.route("**/strings/uk.json", lambda route: route.abort())
    chat.ask("Мій паркувальний штраф")
    expect(chat.picker).to_have_value("uk")
    expect(chat.panel).to_have_attribute("lang", "en")
    expect(chat.page.locator(".person p").last).to_have_attribute("lang", "uk")


def test_an_option_is_sent_with_the_language_of_its_words(chat):
    chat.ask("parking fine")
    with chat.page.expect_request("**/api/chat") as request:
        chat.choose("None of these")
    assert request.value.post_data_json["language"] == "en"
    expect(chat.answer).to_have_attribute("lang", "en")


def test_a_picked_language_is_sent_along_and_a_detected_one_is_not(chat):
    with chat.page.expect_request("**/api/chat") as first:
        chat.ask("My child is ill and I cannot go to work")
    assert first.value.post_data_json["language"] is None
    chat.picker.select_option("so")
    with chat.page.expect_request("**/api/chat") as second:
        chat.ask("vab")
    assert second.value.post_data_json["language"] == "so"
    assert second.value.post_data_json["session"]


def test_a_question_before_the_picked_language_has_arrived_is_asked_in_that_language(chat):
    held = []
    chat.page.route("**/strings/so.json", lambda route: held.append(route))
    chat.picker.select_option("so")
    with chat.page.expect_request("**/api/chat") as request:
        chat.field.fill("vab")
        chat.field.press("Enter")
    assert request.value.post_data_json["language"] == "so"
    held[0].continue_()
    expect(chat.panel).to_have_attribute("lang", "so")
    expect(chat.answer).to_have_attribute("lang", "so")


def test_of_two_languages_picked_in_a_row_the_last_one_stays(chat):
    held = []
    chat.page.route("**/strings/fa.json", lambda route: held.append(route))
    chat.page.evaluate(
        "addEventListener('lotsen-language', (e) => (window.told ??= []).push(e.detail.language))"
    )
    chat.picker.select_option("fa")
    chat.picker.select_option("ru")
    expect(chat.panel).to_have_attribute("lang", "ru")
    with chat.page.expect_response("**/strings/fa.json") as late:
        held[0].continue_()
    late.value.finished()
    chat.picker.select_option("so")
    expect(chat.panel).to_have_attribute("lang", "so")
    assert chat.page.evaluate("told") == ["ru", "so"]


def test_the_municipality_of_the_address_names_the_municipality_in_the_card(open_chat):
    chat = open_chat("/?municipality=0181")
    chat.ask("Gatlyktan utanför mitt hus är trasig")
    expect(chat.card.locator(".authority")).to_have_text("Södertälje kommun")


def test_the_page_opens_in_the_language_of_the_browser_and_of_the_link(open_chat):
    assert open_chat(locale="en-GB").panel.get_attribute("lang") == "en"
    assert open_chat("/?lang=so", locale="en-GB").panel.get_attribute("lang") == "so"


def test_without_rasa_the_page_answers_and_says_so_once(chat, words):
    chat.ask("vab")
    chat.ask("huset brinner")
    chat.ask("vab")
    expect(chat.page.locator(".notice")).to_have_text(words("sv", "notice_rasa_down"))
    expect(chat.card).to_be_visible()


def test_starting_over_clears_the_conversation(chat, words):
    restart = chat.page.get_by_role("button", name=words("sv", "restart"))
    expect(restart).to_be_hidden()
    chat.ask("vab")
    restart.click()
    expect(chat.page.locator(".turn")).to_have_count(0)
    expect(chat.page.get_by_role("heading", level=2)).to_have_text(words("sv", "title"))
    expect(chat.field).to_be_focused()
    with chat.page.expect_request("**/api/chat") as request:
        chat.ask("vab")
    assert request.value.post_data_json["session"] is None
