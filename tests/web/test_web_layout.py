"""Small windows and large letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Chat

# Whatever reaches beyond the window or is wider than the box it scrolls in.
TOO_WIDE = """() => {
    const root = document.querySelector("lotsen-chat")?.shadowRoot;
    const all = [...document.querySelectorAll("*"), ...(root?.querySelectorAll("*") ?? [])];
    const out = all.filter(e => {
        const box = e.getBoundingClientRect();
        return box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5);
    }).map(e => e.outerHTML.slice(0, 100));
    const page = document.scrollingElement;
    if (page.scrollWidth > innerWidth) out.push(`page ${page.scrollWidth}`);
    const log = root?.querySelector(".log");
    if (log && log.scrollWidth > log.clientWidth) out.push(`log ${log.scrollWidth}`);
    return out; }"""

NARROW = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %


@pytest.mark.parametrize("language", ["sv", "ar", "so"])
def test_at_320_pixels_nothing_scrolls_sideways(open_chat, language):
    chat = open_chat(f"/?lang={language}", viewport=NARROW)
    assert chat.page.evaluate(TOO_WIDE) == []
    chat.ask("parkeringsböter" if language == "sv" else "vab")
    assert chat.page.evaluate(TOO_WIDE) == []
    chat.ask("huset brinner")
    chat.ask("o" * 400)
    assert chat.page.evaluate(TOO_WIDE) == []
    chat.page.set_viewport_size({"width": 320, "height": 640})
    assert chat.page.evaluate(TOO_WIDE) == []


SMALL = """chat => [...chat.shadowRoot.querySelectorAll("a, button, select, textarea")]
    .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e.outerHTML])
    .filter(([box]) => box.width < 43.5 || box.height < 43.5)
    .map(([box, html]) => `${box.width} x ${box.height} ${html.slice(0, 60)}`)"""
# What WCAG 2.2, 1.4.12 lets a reader set.
SPACED = """css => { const chat = document.querySelector("lotsen-chat").shadowRoot;
    for (const place of [document, chat]) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
    } }"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"""
CUT_OFF = """() => [...document.querySelector("lotsen-chat").shadowRoot.querySelectorAll("*")]
    .filter(e => !e.closest(".sr") && e.checkVisibility())
    .filter(e => ["hidden", "clip"].includes(getComputedStyle(e).overflowX))
    .filter(e => getComputedStyle(e).clipPath === "none")
    .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    .map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("language", ["sv", "en", "ar", "ti"])
def test_at_320_pixels_every_target_has_room_for_a_finger(open_chat, language):
    chat = open_chat(f"/?lang={language}", viewport={"width": 320, "height": 640})
    chat.ask("vab")
    assert chat.page.locator("lotsen-chat").evaluate(SMALL) == []


@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_with_more_space_between_letters_and_lines_nothing_is_lost(open_chat, language):
    chat = open_chat(f"/?lang={language}", viewport={"width": 320, "height": 640})
    chat.page.evaluate(SPACED, SPACING)
    chat.ask("vab")
    expect(chat.card).to_be_visible()
    assert chat.page.evaluate(TOO_WIDE) == []
    assert chat.page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_at_320_pixels_the_page_without_script_does_not_scroll_sideways(new_page, language):
    page = new_page(viewport=NARROW, java_script_enabled=False)
    page.goto(f"/ask?lang={language}")
    assert page.evaluate(TOO_WIDE) == []
    page.locator("#message").fill("vab " + "o" * 300)
    with page.expect_navigation():
        page.locator("main .send").click()
    assert page.evaluate(TOO_WIDE) == []


def test_at_400_percent_the_field_can_be_reached_and_used(open_chat):
    chat = open_chat(viewport=NARROW)
    chat.field.scroll_into_view_if_needed()
    expect(chat.field).to_be_in_viewport()
    chat.ask("vab")
    chat.card.locator("a.action").first.scroll_into_view_if_needed()
    expect(chat.card.locator("a.action").first).to_be_in_viewport()


def test_in_an_ordinary_window_only_the_conversation_scrolls(chat):
    chat.ask("vab")
    height = chat.page.evaluate("document.scrollingElement.scrollHeight - innerHeight")
    assert height == 0
    assert chat.log.evaluate("log => log.scrollHeight > log.clientHeight")


def test_on_a_phone_field_and_emergency_number_stay_in_view_beside_an_answer(open_chat):
    chat = open_chat(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    chat.ask("vab")
    expect(chat.page.locator(".person").last).to_be_in_viewport()
    expect(chat.card.locator(".authority")).to_be_in_viewport()
    expect(chat.field).to_be_in_viewport()
    expect(chat.panel.locator('.robot a[href="tel:112"]')).to_be_in_viewport()
    expect(chat.answer).to_be_focused()  # not the field: the keyboard of the screen goes away


@pytest.mark.parametrize("path", ["/demo", "/kiosk"])
def test_at_400_percent_corner_chat_and_kiosk_show_the_answer_and_the_field(new_page, path):
    page = new_page(viewport=NARROW)
    page.goto(path)
    page.locator(".launcher" if path == "/demo" else ".tongue[data-lang=sv]").click()
    chat = Chat(page)
    chat.ask("vab")
    name = chat.card.locator(".authority")
    name.scroll_into_view_if_needed()
    # What is seen of it: not only in the window, but in everything it scrolls in.
    whole = """e => new Promise(resolve => new IntersectionObserver(
        ([seen]) => resolve(seen.intersectionRatio)).observe(e))"""
    assert name.evaluate(whole) > 0.99
    assert (
        chat.log.evaluate("log => log.scrollHeight - log.clientHeight") <= 0
    )  # no slit to read in
    chat.field.scroll_into_view_if_needed()
    assert chat.field.evaluate(whole) > 0.99


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_on_a_phone_the_bar_is_one_row_in_swedish_too(open_chat, width):
    chat = open_chat("/?lang=sv", viewport={"width": width, "height": 800})
    chat.ask("vab")
    tops = chat.panel.locator(".bar").evaluate(
        "bar => [...bar.children].map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(tops) == 3 and len(set(tops)) == 1


def test_on_the_demo_page_nothing_with_the_focus_lies_whole_below_the_button(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/demo")
    expect(page.locator(".launcher")).to_be_visible()
    for link in page.locator("body > * a").all():
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        covered = page.evaluate(
            """() => { const e = document.activeElement, box = e.getBoundingClientRect();
            const points = [[box.left + 2, box.top + 2], [box.right - 2, box.top + 2]];
            return points.every(([x, y]) => !e.contains(document.elementFromPoint(x, y))); }"""
        )
        assert not covered, link.inner_text()
