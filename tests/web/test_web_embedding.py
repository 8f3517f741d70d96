"""In pages of another origin, under a strict Content-Security-Policy."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
# What a page whose styles would ruin ours looks like: tiny rem, wild rules for every tag.
HOSTILE_STYLE = """html { font-size: 62.5%; } * { color: red !important; } button, textarea, p, h2 {
    font: 40px serif !important; text-transform: uppercase; } dialog { display: none; }"""
HOST = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Kommunen</title>
<style nonce="host">{style}</style></head><body><main><h1>Kommunen</h1><p><a href="#x">Sopor</a></p>
<div id="place"></div></main>{snippet}</body></html>"""


def _policy(server):
    """As strict as docs/embed.md promises: no inline script or style, Trusted Types."""
    return (
        f"default-src 'none'; script-src {server}; connect-src {server}; style-src 'nonce-host'; "
        "require-trusted-types-for 'script'; trusted-types lotsen"
    )


def _snippet(server):
    return httpx.get(f"{server}/embed.json?municipality=0181").json()


@pytest.fixture
def embed(new_page, server, host_site):
    """Open a page of the host site with a snippet in it."""

    def make(snippet=None, lang="sv", style="", path="/", site=host_site, **options):
        html = snippet or _snippet(server)["html"]
        site.pages[path] = (HOST.format(lang=lang, style=style, snippet=html), _policy(server))
        page = new_page(base_url=site.origin, **options)
        page.goto(path)
        return page

    return make


def _open(page):
    page.locator(".lotsen .launcher").click()
    expect(page.locator("lotsen-chat textarea#question")).to_be_visible()


def _ask(page, question):
    page.locator("lotsen-chat textarea#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("lotsen-chat .turn.bot")).to_have_count(1)
    return page.locator("lotsen-chat .turn.bot .card")


def test_the_pinned_snippet_works_under_a_strict_policy(embed, words):
    page = embed()
    launcher = page.locator(".lotsen .launcher")
    expect(launcher).to_contain_text(words("sv", "launcher"))
    assert page.locator("lotsen-chat").count() == 0  # nothing but the loader yet
    _open(page)
    card = _ask(page, "Gatlyktan utanför mitt hus är trasig")
    expect(card.locator(".authority")).to_have_text("Södertälje kommun")  # data-municipality
    card.locator(".tool-qr").click()
    expect(page.locator("lotsen-chat .qr-code")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("lotsen-chat .popup")).to_have_count(0)
    expect(page.locator("dialog[open]")).to_have_count(1)  # the chat stays
    page.evaluate("window.print = () => {}")
    card.locator(".tool-print").click()


def test_the_newest_snippet_works_too(embed, server):
    page = embed(_snippet(server)["html_newest"], path="/newest")
    _open(page)
    expect(_ask(page, "vab").locator(".authority")).to_have_text("Försäkringskassan")


def test_a_page_nobody_allowed_gets_no_answer_but_a_way_on(embed, server, stranger, words):
    page = embed(path="/", site=stranger, expects="blocked by CORS policy")
    _open(page)
    page.locator("lotsen-chat textarea#question").fill("vab")
    with page.expect_event("requestfailed"):
        page.keyboard.press("Enter")
    expect(page.locator("lotsen-chat .failed")).to_contain_text(words("sv", "error_network"))


def test_a_changed_script_is_not_run(embed, server, words):
    page = embed(path="/changed", expects="integrity")
    page.route(
        "**/lotsen-chat.js",
        lambda r: r.fulfill(
            body="window.hacked = true",
            content_type="text/javascript",
            headers={"Access-Control-Allow-Origin": "*"},
        ),
    )
    page.locator(".lotsen .launcher").click()
    sorry = page.get_by_role("link", name=words("sv", "chat_simple"))
    expect(sorry).to_have_attribute("href", f"{server}/ask?lang=sv&municipality=0181")
    assert page.evaluate("window.hacked") is None


def test_an_old_release_stays_for_pages_that_pin_it(server, tmp_path):
    from bot.release import Release, Releases, build_release

    old = Release("0123456789ab", {"lotsen.js": b"old"}, {})
    Releases(old, tmp_path)
    kept = Releases(build_release(), tmp_path)
    assert kept.file("0123456789ab", "lotsen.js") == b"old"
    assert kept.file("0123456789ab", "../../etc/passwd") is None
    assert kept.file("ffffffffffff", "lotsen.js") is None
    assert httpx.get(f"{server}/v/0123456789ab/lotsen.js").status_code == 404


def test_the_styles_of_the_page_do_not_reach_in(embed):
    page = embed(style=HOSTILE_STYLE, path="/hostile")
    _open(page)
    card = _ask(page, "vab")
    style = card.locator(".authority").evaluate(
        "e => { const s = getComputedStyle(e); return [s.color, s.textTransform, s.fontFamily]; }"
    )
    assert style[0] != "rgb(255, 0, 0)"
    assert style[1] == "none"
    assert "serif" not in style[2].split(",")[0]
    # 62.5 % of the host page does not shrink the letters.
    assert card.locator("p").last.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 13
    height = page.locator("lotsen-chat .send").evaluate("e => e.offsetHeight")
    assert height >= 44
    # And ours do not reach out.
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontSize") == "20px"


def test_colours_that_cannot_be_read_are_replaced(embed):
    page = embed(
        path="/colours",
        style=":root { --lotsen-accent: #ffe98a; --lotsen-accent-ink: #fff;"
        " --lotsen-ink: #eee; --lotsen-paper: #fff; --lotsen-surface: #fff; }",
    )
    _open(page)
    drawn = page.locator("lotsen-chat .send").evaluate(
        "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor]; }"
    )
    assert drawn == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]  # yellow letters cannot be read
    ink = page.locator("lotsen-chat .chat").evaluate("e => getComputedStyle(e).color")
    assert ink == "rgb(0, 0, 0)"


def test_the_button_takes_the_colours_of_the_page_whenever_they_come(embed):
    page = embed(path="/late")
    page.evaluate("""() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(":root { --lotsen-accent: #ffd84d; --lotsen-accent-ink: #fff; }");
        document.adoptedStyleSheets = [sheet]; }""")
    _open(page)
    header = page.locator(".lotsen header").evaluate(
        "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color]; }"
    )
    assert header == ["rgb(255, 216, 77)", "rgb(0, 0, 0)"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_can_be_set(embed, server, theme):
    html = _snippet(server)["html"].replace("<script ", f'<script data-theme="{theme}" ')
    page = embed(html, path=f"/{theme}", color_scheme="light" if theme == "dark" else "dark")
    _open(page)
    ground = page.locator("lotsen-chat .chat").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == {"light": "rgb(245, 243, 238)", "dark": "rgb(15, 27, 33)"}[theme]


def test_by_keyboard_it_opens_closes_and_gives_the_focus_back(embed):
    page = embed(path="/keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.locator("lotsen-chat textarea#question")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".lotsen .launcher")).to_be_focused()
    expect(field).to_be_hidden()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()


def test_on_the_page_beside_it_escape_uncovers_what_has_the_focus(embed):
    page = embed(path="/beside")
    _open(page)
    link = page.get_by_role("link", name="Sopor")
    link.focus()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".lotsen .launcher")).to_be_visible()
    expect(link).to_be_focused()


def test_the_page_can_drive_and_hear_it_and_hears_no_words(embed):
    page = embed(path="/api", lang="en")
    page.evaluate("""() => { window.heard = [];
        for (const name of ["open", "ready", "answer", "language", "close"]) {
            const listen = (event) => heard.push([name, event.detail]);
            document.addEventListener(`lotsen-${name}`, listen);
        } }""")
    page.evaluate("Lotsen.ask('My child is ill and I cannot go to work')")
    expect(page.locator("lotsen-chat .card .authority")).to_have_text("Försäkringskassan")
    page.evaluate("Lotsen.setLanguage('ar')")
    expect(page.locator("lotsen-chat .chat")).to_have_attribute("dir", "rtl")
    page.evaluate("Lotsen.close()")
    expect(page.locator(".launcher")).to_be_focused()
    heard = page.evaluate("heard")
    assert [name for name, _ in heard] == ["open", "ready", "answer", "language", "close"]
    answer = dict(heard)["answer"]
    assert answer["cards"][0]["authority"] == "forsakringskassan"
    assert "child is ill" not in json.dumps(heard)
    assert page.evaluate("Object.isFrozen(Lotsen) && Lotsen.release.length") == 12


def test_inline_it_stands_in_the_page(embed, server):
    html = _snippet(server)["html"].replace(
        "<script ", '<script data-start="inline" data-target="#place" '
    )
    page = embed(html, path="/inline")
    expect(page.locator("#place lotsen-chat textarea#question")).to_be_visible()
    expect(page.locator(".launcher")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")  # it takes no focus


def test_open_from_the_start_it_takes_no_focus(embed, server):
    html = _snippet(server)["html"].replace("<script ", '<script data-start="open" ')
    page = embed(html, path="/open")
    expect(page.locator("lotsen-chat textarea#question")).to_be_visible()
    expect(page.locator("lotsen-chat textarea#question")).not_to_be_focused()


def test_on_a_phone_it_fills_the_screen_and_holds_the_focus(embed):
    page = embed(path="/phone", viewport=PHONE, has_touch=True, is_mobile=True)
    _open(page)
    box = page.locator("dialog[open]").bounding_box()
    assert box == {"x": 0, "y": 0, **{"width": 390, "height": 844}}
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") in ("div", "body")


def test_in_arabic_it_stands_on_the_other_side(embed):
    page = embed(lang="ar", path="/rtl")
    assert page.locator(".launcher").bounding_box()["x"] < 100


def test_the_picked_language_holds_on_the_next_page(embed, host_site):
    page = embed(path="/one")
    host_site.pages["/two"] = host_site.pages["/one"]
    _open(page)
    page.locator("lotsen-chat select").select_option("so")
    assert page.evaluate("sessionStorage.length") == 0  # nothing before the first question
    _ask(page, "vab")
    assert page.evaluate("({...sessionStorage})") == {"lotsen-language": "so"}
    page.goto("/two")
    _open(page)
    expect(page.locator("lotsen-chat .chat")).to_have_attribute("lang", "so")


def test_framed_it_works_where_allowed_and_nowhere_else(new_page, server, host_site, stranger):
    frame = _snippet(server)["iframe"]
    for site in (host_site, stranger):
        site.pages["/frame"] = (frame, "default-src 'none'; frame-src *")
    page = new_page(base_url=host_site.origin)
    page.goto("/frame")
    inside = page.frame_locator("iframe")
    expect(inside.locator("lotsen-chat textarea#question")).to_be_visible()
    policy = httpx.get(f"{server}/embedded").headers["content-security-policy"]
    assert f"frame-ancestors 'self' {host_site.origin}" in policy
    assert stranger.origin not in policy


def test_axe_finds_nothing_in_the_closed_and_the_open_chat(new_page, server, host_site):
    host_site.pages["/axe"] = (
        HOST.format(lang="sv", style="", snippet=_snippet(server)["html"]),
        "default-src * 'unsafe-inline' 'unsafe-eval'",
    )
    page = new_page(base_url=host_site.origin)
    page.goto("/axe")
    expect(page.locator(".launcher")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    _open(page)
    _ask(page, "vab")
    assert Axe().run(page).response["violations"] == []


def test_the_loader_is_small_and_the_first_view_within_budget(new_page, server):
    loader = httpx.get(f"{server}/lotsen.js").content
    assert len(gzip.compress(loader, 9)) <= 6 * 1024
    page = new_page(locale="en-GB")
    sizes = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    page.add_init_script("""window.shifts = 0; new PerformanceObserver((list) => {
        for (const one of list.getEntries()) window.shifts += one.value;
    }).observe({type: "layout-shift", buffered: true});""")
    page.goto("/")
    expect(page.locator("lotsen-chat textarea#question")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 60 * 1024, sizes
    assert page.evaluate("shifts") < 0.01
