"""The screen in the library: greeting, talking, forgetting."""

from __future__ import annotations

import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SCREEN = {"width": 1280, "height": 1024}
VOICES = """
    window.said = []; window.hushed = 0;
    const voices = [{lang: "sv-SE", localService: true}, {lang: "en-GB", localService: true}];
    Object.defineProperty(window, "speechSynthesis", {value: {
        getVoices: () => voices, cancel: () => { hushed += 1; }, addEventListener() {},
        speak: (utterance) => said.push([utterance.lang, utterance.text]) }});
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; } };"""
KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, history.length]"""


class Kiosk:
    """The kiosk as the person in front of it meets it."""

    def __init__(self, page):
        self.page = page
        self.attract = page.locator("#attract")
        self.chat = page.locator("lotsen-chat")
        self.field = page.locator("lotsen-chat textarea#question")
        self.idle = page.locator("dialog.idle")

    def begin(self, code):
        self.page.locator(f".tongue[data-lang={code}]").click()
        expect(self.field).to_be_focused()

    def ask(self, text):
        before = self.page.locator("lotsen-chat .turn.bot").count()
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.page.locator("lotsen-chat .turn.bot")).to_have_count(before + 1)
        return self.page.locator("lotsen-chat .turn.bot").last


@pytest.fixture
def kiosk(new_page):
    """Open the kiosk with a stopped clock and two voices."""

    def make(query="municipality=0181", clock=True, **options):
        page = new_page(**({"viewport": SCREEN} | options))
        page.add_init_script(VOICES)
        if clock:
            page.clock.install()
        page.goto(f"/kiosk?{query}")
        expect(page.locator("#pause svg")).to_be_visible()
        return Kiosk(page)

    return make


def _axe(page):
    return [
        (v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]
    ]


def test_the_greeting_goes_through_the_languages_and_can_be_stopped(kiosk, words):
    screen = kiosk(reduced_motion="no-preference")
    greeting = screen.page.locator("#greeting")
    expect(greeting).to_have_text(words("sv", "title"))
    screen.page.clock.run_for(4100)
    expect(greeting).to_have_text(words("en", "title"))
    expect(greeting).to_have_attribute("lang", "en")
    screen.page.clock.run_for(4000)
    expect(greeting).to_have_attribute("dir", "rtl")
    screen.page.locator("#pause").click()
    screen.page.clock.run_for(9000)
    expect(greeting).to_have_text(words("ar", "title"))
    expect(screen.page.locator("#pause")).to_have_attribute("aria-pressed", "true")


def test_who_wants_less_motion_gets_a_still_greeting(kiosk, words):
    screen = kiosk()
    screen.page.clock.run_for(20_000)
    expect(screen.page.locator("#greeting")).to_have_text(words("sv", "title"))


def test_staff_choose_municipality_and_languages(kiosk):
    screen = kiosk("municipality=0181&languages=so,ar,xx")
    expect(screen.page.locator(".place")).to_have_text("Södertälje kommun")
    codes = screen.page.locator(".tongue").evaluate_all("all => all.map(e => e.dataset.lang)")
    assert codes == ["so", "ar"]
    screen.begin("so")
    screen.page.locator("lotsen-chat select").select_option("sv")
    with screen.page.expect_request("**/api/chat") as request:
        screen.ask("Gatlyktan utanför mitt hus är trasig")
    assert request.value.post_data_json["channel"] == "kiosk"
    assert request.value.post_data_json["municipality"] == "0181"


def test_everything_can_be_hit_with_an_outstretched_finger(kiosk):
    screen = kiosk()

    def small():
        return screen.page.evaluate(
            """() => [...document.querySelectorAll("button, select, a"),
                ...(document.querySelector("lotsen-chat")?.shadowRoot
                    .querySelectorAll("button, select, textarea, a") ?? [])]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 47.5
                    && !e.closest("li, p"))
                .map(e => e.outerHTML.slice(0, 90))"""
        )

    assert small() == []
    screen.begin("sv")
    assert small() == []
    screen.ask("vab")
    assert small() == []


def test_the_language_touched_to_begin_holds(kiosk):
    screen = kiosk()
    screen.begin("ar")
    turn = screen.ask("vab")
    expect(turn.locator(".card")).to_have_attribute("lang", "ar")
    expect(screen.page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_link_becomes_a_code_and_no_other_page_opens(kiosk, words):
    screen = kiosk()
    screen.begin("sv")
    turn = screen.ask("vab")
    turn.locator('a.action[href^="http"]').first.click()
    popup = screen.page.locator("lotsen-chat .popup")
    expect(popup.locator("h2")).to_have_text(words("sv", "kiosk_link_title"))
    expect(popup.locator(".qr-code")).to_be_visible()
    expect(popup.locator(".address")).to_have_text("forsakringskassan.se")
    screen.page.keyboard.press("Escape")
    turn.locator('a.action[href^="tel:"]').click()
    expect(popup.locator("h2")).to_have_text(words("sv", "kiosk_call_title"))
    expect(popup.locator(".address")).to_have_text("0771-524 524")
    assert len(screen.page.context.pages) == 1
    assert "/kiosk" in screen.page.url


def test_text_grows_to_three_times_and_all_can_still_be_reached(kiosk):
    screen = kiosk()
    screen.begin("sv")
    screen.ask("vab")
    for _ in range(5):
        screen.page.locator(".tool-larger").click()
    expect(screen.page.locator(".tool-larger")).to_be_disabled()
    size = screen.page.locator("lotsen-chat .card p").first
    assert size.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 48
    assert screen.page.evaluate("document.scrollingElement.scrollWidth") <= SCREEN["width"]
    assert screen.page.locator("lotsen-chat .log").evaluate("e => e.scrollWidth <= e.clientWidth")
    screen.field.scroll_into_view_if_needed()
    expect(screen.field).to_be_in_viewport()
    screen.page.locator(".tool-smaller").click()
    expect(screen.page.locator("#told")).to_contain_text("250")


def test_answers_are_read_aloud_where_there_is_a_voice(kiosk, words):
    screen = kiosk()
    screen.begin("en")
    screen.page.get_by_role("button", name=words("en", "kiosk_read")).click()
    screen.ask("I stay home with my sick child, who pays?")
    said = screen.page.evaluate("said")
    assert said[0][0] == "en-GB"
    assert "Försäkringskassan" in said[0][1]
    assert "https:" not in said[0][1]
    assert ["sv-SE", "Vem kan hjälpa mig med det?"] in said
    screen.page.locator("#end").click()
    expect(screen.attract).to_be_visible()
    kiosk_without = screen.page.locator(".tongue[data-lang=so]")
    kiosk_without.click()
    expect(screen.field).to_be_focused()
    assert screen.page.locator(".tool-listen").count() == 0  # no Somali voice, no promise


def test_an_idle_person_is_asked_in_two_senses_and_can_stay(kiosk, words):
    screen = kiosk("idle=60")
    screen.begin("sv")
    screen.ask("vab")
    screen.page.clock.run_for(39_000)
    expect(screen.idle).to_have_count(0)
    screen.page.clock.run_for(2_000)
    expect(screen.idle.get_by_role("heading")).to_have_text(words("sv", "kiosk_idle_title"))
    expect(screen.idle.locator(".idle-number")).to_contain_text("1")
    assert screen.page.evaluate("document.body.dataset.chimed") == "1"
    assert words("sv", "kiosk_idle_title") in screen.page.evaluate("said.at(-1)[1]")
    more = screen.idle.get_by_role("button", name=words("sv", "kiosk_more_time"))
    expect(more).to_be_focused()
    assert _axe(screen.page) == []
    more.click()
    expect(screen.idle).to_have_count(0)
    screen.page.clock.run_for(30_000)
    expect(screen.page.locator("lotsen-chat .card")).to_be_visible()


def test_when_nobody_answers_everything_is_forgotten(kiosk):
    screen = kiosk("idle=60")
    before = screen.page.evaluate(KEPT)
    screen.begin("sv")
    screen.page.locator("lotsen-chat select").select_option("so")
    screen.ask("vab")
    with screen.page.expect_navigation():
        screen.page.clock.run_for(62_000)
    expect(screen.attract).to_be_visible()
    expect(screen.chat).to_have_count(0)
    assert screen.page.evaluate(KEPT) == before
    screen.page.go_back()
    expect(screen.page.locator("lotsen-chat")).to_have_count(0)
    assert "vab" not in screen.page.content()


def test_it_outlives_the_network_and_comes_back_by_itself(kiosk, words):
    screen = kiosk("idle=60")
    screen.begin("sv")
    screen.ask("vab")
    screen.page.context.set_offline(True)
    screen.page.clock.run_for(5_500)
    expect(screen.page.locator("#away")).to_have_text(words("sv", "kiosk_away"))
    expect(screen.page.locator("lotsen-chat .card")).to_be_visible()
    screen.page.clock.run_for(62_000)  # and forgets all the same
    expect(screen.attract).to_be_visible()
    expect(screen.chat).to_have_count(0)
    screen.page.context.set_offline(False)
    screen.page.clock.run_for(5_500)
    expect(screen.page.locator("#away")).to_be_hidden()
    screen.begin("sv")
    expect(screen.ask("vab").locator(".authority")).to_have_text("Försäkringskassan")


def test_a_slip_is_printed_with_what_one_needs_there(kiosk):
    screen = kiosk(clock=False)
    screen.page.context.add_init_script(
        """if (top !== window) window.print = () => {
            top.document.body.dataset.printed = document.body.innerText; };"""
    )
    screen.page.reload()
    screen.begin("en")
    turn = screen.ask("I stay home with my sick child, who pays?")
    turn.locator(".tool-print").click()
    expect(screen.page.locator("body")).to_have_attribute("data-printed", re.compile("Lotsen"))
    printed = screen.page.locator("body").get_attribute("data-printed")
    for part in ("Försäkringskassan", "0771-524\u00a0524", "Vem kan hjälpa mig", "not a decision"):
        assert part in printed
    assert "https:" not in printed


@pytest.mark.parametrize("code", ["sv", "ar", "ti"])
def test_axe_finds_nothing(kiosk, code):
    screen = kiosk()
    assert _axe(screen.page) == []
    screen.begin(code)
    assert _axe(screen.page) == []
    screen.ask("vab")
    assert _axe(screen.page) == []


def test_the_poster_is_one_page_with_a_code_in_its_language(new_page, server, words, tmp_path):
    page = new_page(viewport={"width": 794, "height": 1123})
    for code in ("ar", "ti", "sv", "uk"):
        page.goto(f"/poster?lang={code}&municipality=0181")
        expect(page.locator("h1")).to_have_text(words(code, "title"))
        expect(page.locator("svg")).to_have_attribute(
            "aria-label", f"QR: {server}/?lang={code}&municipality=0181"
        )
        paper = page.pdf(prefer_css_page_size=True)
        assert paper.count(b"/Type /Page\n") == 1
        assert _axe(page) == []


def test_idle_times_stay_within_what_a_person_can_live_with():
    from bot.kiosk import idle_seconds

    assert [idle_seconds(x) for x in ("", "60", "5", "99999", "-1", "x", "٣")] == [
        90, 60, 20, 900, 90, 90, 90
    ]  # fmt: skip


def test_an_unknown_language_or_municipality_is_no_fault(server):
    for query in ("languages=xx", "municipality=9999", "idle=abc", "lang=zz"):
        assert httpx.get(f"{server}/kiosk?{query}").status_code == 200
        assert httpx.get(f"{server}/poster?{query}").status_code == 200
