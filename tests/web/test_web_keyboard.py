"""Without a mouse, and without eyes."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def _tab_to(chat, target, presses=15):
    """Press Tab until the focus is on `target` ("textarea question"); what had it on the way."""
    way = []
    for _ in range(presses):
        chat.page.keyboard.press("Tab")
        way.append(chat.focused())
        if way[-1].startswith(target):
            return way
    raise AssertionError(f"Tab does not lead to {target}: {way}")


def test_tab_goes_through_the_page_in_the_order_it_is_read(chat):
    way = _tab_to(chat, "a tel:112")
    names = [step.split()[0] for step in way]
    assert names == ["a", "select", "button", "div", *["button"] * 4, "textarea", "button", "a"]
    assert way[0] == "a skip"
    assert way[3] == "div log"


def test_a_question_is_asked_and_an_option_chosen_by_keyboard_alone(chat):
    _tab_to(chat, "textarea")
    chat.page.keyboard.type("parking fine")
    chat.page.keyboard.press("Enter")
    expect(chat.card).to_have_class(re.compile("card-clarify"))
    expect(chat.field).to_be_focused()  # who types on can go on
    options = chat.answer.get_by_role("button")
    for _ in range(options.count()):  # back over the options to the first
        chat.page.keyboard.press("Shift+Tab")
    expect(options.first).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.card.locator(".authority")).to_have_text("Polisen")
    expect(chat.answer).to_be_focused()  # the answer, for what was pressed is done with
    chat.page.keyboard.press("Tab")
    expect(chat.card.locator("a").first).to_be_focused()


def test_shift_enter_makes_a_new_line_and_sends_nothing(chat):
    chat.field.fill("vab")
    chat.field.press("Shift+Enter")
    expect(chat.field).to_have_value("vab\n")
    expect(chat.page.locator(".turn")).to_have_count(0)


def test_the_skip_link_leads_past_the_header(chat):
    chat.page.keyboard.press("Tab")
    expect(chat.page.locator(".skip")).to_be_in_viewport()
    chat.page.keyboard.press("Enter")
    assert chat.focused() == "main main"


def test_every_control_has_a_visible_focus_and_room_for_a_finger(chat):
    chat.ask("parking fine")
    chat.choose("I want to pay")
    chat.field.focus()
    small = chat.page.locator("lotsen-chat").evaluate(
        """chat => [...chat.shadowRoot.querySelectorAll("a, button, select, textarea")]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    for _ in range(4):
        chat.page.keyboard.press("Tab")
        outline = chat.page.evaluate(
            """() => { let e = document.activeElement;
                while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
                return e === document.body ? "3px" : getComputedStyle(e).outlineWidth; }"""
        )
        assert outline == "3px"


def test_an_answer_is_announced_once_in_its_language(chat):
    chat.ask("My child is ill and I cannot go to work")
    expect(chat.spoken).to_contain_text("Försäkringskassan")
    expect(chat.spoken).to_have_attribute("lang", "en")
    expect(chat.log).to_have_attribute("aria-live", "off")  # the log itself stays silent
    expect(chat.log).to_have_attribute("aria-busy", "false")
    assert chat.page.locator("lotsen-chat [role=status]").count() == 1


def test_the_options_of_a_question_are_announced(chat):
    chat.ask("parking fine")
    expect(chat.spoken).to_contain_text("I want to pay")
    expect(chat.spoken).to_contain_text("None of these")


def test_while_an_answer_is_on_its_way_this_is_shown_and_said_when_it_takes_long(chat, words):
    chat.page.clock.install()
    held = []
    chat.page.route("**/api/chat", lambda route: held.append(route))
    chat.field.fill("vab")
    chat.field.press("Enter")
    typing = chat.page.locator(".typing")
    expect(typing).to_have_text(words("sv", "thinking"))
    expect(chat.log).to_have_attribute("aria-busy", "true")
    chat.field.fill("en gång till")
    chat.field.press("Enter")  # one question at a time; what was written stays
    expect(chat.field).to_have_value("en gång till")
    chat.page.clock.run_for(7000)
    expect(typing).to_have_text(words("sv", "slow"))
    expect(chat.spoken).to_have_text(words("sv", "slow"))
    chat.page.clock.resume()
    assert len(held) == 1
    held[0].continue_()
    expect(chat.card).to_be_visible()
    expect(typing).to_have_count(0)
