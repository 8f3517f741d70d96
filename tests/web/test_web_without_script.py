"""/ask, and the start page, in a browser that runs no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def plain(new_page):
    """A page without script."""
    return new_page(java_script_enabled=False)


def _ask(page, question):
    page.locator("#message").fill(question)
    page.locator("main .send").click()


def test_the_start_page_is_a_form_that_posts_the_question(plain):
    plain.goto("/")
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Lotsen")
    with plain.expect_request("**/ask") as request:
        _ask(plain, "Jag vabbar, vem betalar mig?")
    assert request.value.method == "POST"
    assert plain.url.endswith("/ask")  # the question stands in no address
    expect(plain.locator(".card .authority")).to_have_text("Försäkringskassan")


def test_the_start_page_hands_the_municipality_on(plain):
    plain.goto("/?municipality=0181")
    _ask(plain, "Gatlyktan utanför mitt hus är trasig")
    expect(plain.locator(".card .authority")).to_have_text("Södertälje kommun")
    _ask(plain, "Gatlyktan utanför mitt hus är trasig")
    expect(plain.locator(".card .authority")).to_have_text("Södertälje kommun")


def test_a_question_gives_a_whole_card(plain, words):
    plain.goto("/ask")
    _ask(plain, "My child is ill and I cannot go to work")
    expect(plain.locator(".asked")).to_contain_text("My child is ill")
    card = plain.locator(".card")
    expect(card.locator(".authority")).to_have_text("Försäkringskassan")
    expect(card.locator(".level strong")).to_have_text("State")
    expect(card.locator(".section-why h3")).to_have_text(words("en", "why"))
    expect(card.locator(".section-not_here li").first).not_to_be_empty()
    expect(card.locator("a.action").first).to_have_attribute(
        "href",
        "https://www.forsakringskassan.se/privatperson/familj-och-barn/vab-for-barn-under-12-ar",
    )
    expect(card.locator('a[href="tel:0771524524"]')).to_be_visible()
    expect(card.locator(".source time")).not_to_be_empty()
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    expect(plain.locator(".notice")).to_have_text(words("en", "notice_rasa_down"))


def test_an_option_is_chosen_by_a_button(plain):
    plain.goto("/ask")
    _ask(plain, "parking fine")
    expect(plain.locator(".ask")).to_contain_text("parkeringsanmärkning")
    plain.get_by_role("button", name="I want to pay").click()
    expect(plain.locator(".card .authority")).to_have_text("Transportstyrelsen")
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    expect(plain.locator("main")).not_to_contain_text("/choose_service")
    expect(plain.locator("#message")).to_have_value("")


def test_in_arabic_question_and_choice_run_right_to_left(plain, words):
    plain.goto("/ask?lang=ar")
    expect(plain.locator("html")).to_have_attribute("dir", "rtl")
    _ask(plain, "parkeringsböter")  # the language chosen for the visit holds
    expect(plain.locator("html")).to_have_attribute("dir", "rtl")
    expect(plain.locator(".card-clarify")).to_have_attribute("dir", "rtl")
    plain.locator(".choices button").first.click()
    card = plain.locator(".card")
    expect(card).to_have_attribute("dir", "rtl")
    expect(card.locator(".authority")).not_to_be_empty()
    expect(card.locator(".section-why h3")).to_have_text(words("ar", "why"))
    expect(card.locator(".say dt").first).to_have_attribute("dir", "ltr")


def test_an_emergency_shows_the_number(plain):
    plain.goto("/ask")
    _ask(plain, "my house is on fire")
    expect(plain.locator(".card-emergency a")).to_have_attribute("href", "tel:112")


def test_the_language_is_changed_by_a_button(plain, words):
    plain.goto("/ask")
    plain.locator(".languages select").select_option("so")
    plain.get_by_role("button", name=words("sv", "language_change")).click()
    expect(plain.locator("html")).to_have_attribute("lang", "so")
    expect(plain.locator("h1")).to_have_text(words("so", "title"))


def test_an_empty_and_an_endless_question_say_what_is_wrong(plain, words):
    plain.goto("/ask")
    _ask(plain, "   ")
    expect(plain.get_by_role("alert")).to_have_text(words("sv", "error_message_empty"))
    _ask(plain, "å" * 2001)
    expect(plain.get_by_role("alert")).to_have_text(words("sv", "error_message_too_long"))


def test_markup_in_a_question_is_shown_as_text(plain):
    plain.goto("/ask")
    hostile = "<b>fet</b><script>x</script>"
    _ask(plain, hostile)
    expect(plain.locator(".asked bdi")).to_have_text(hostile)
    assert plain.locator("main b, main script").count() == 0
