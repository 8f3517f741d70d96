"""Nothing is kept, and nobody else is asked."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

KEPT = """async () => ({
    local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    query: location.search, state: history.state })"""


def test_a_conversation_leaves_nothing_in_the_browser(chat):
    chat.ask("parking fine")
    chat.choose("I want to pay")
    chat.picker.select_option("ar")
    expect(chat.panel).to_have_attribute("dir", "rtl")
    kept = chat.page.evaluate(KEPT)
    assert not any(kept.values()), kept
    assert chat.page.context.cookies() == []
    chat.page.reload()
    expect(chat.page.locator("lotsen-chat .start")).to_be_visible()
    expect(chat.page.locator(".turn")).to_have_count(0)


def test_no_request_goes_to_another_address_and_no_address_holds_the_question(new_page, server):
    page = new_page()
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto("/")
    page.locator("textarea#question").fill("parking fine")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card-clarify")).to_be_visible()
    page.goto("/ask")
    page.locator("#message").fill("parking fine")
    page.locator("main .send").click()
    expect(page.locator(".card-clarify")).to_be_visible()
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(server).netloc}
    assert not [url for url in urls if "parking" in url]


def test_links_to_authorities_do_not_say_where_one_comes_from(chat):
    chat.ask("vab")
    links = chat.card.locator('a[href^="http"]')
    assert links.count() >= 2
    for relation in links.evaluate_all("links => links.map(a => a.rel)"):
        assert relation == "noopener noreferrer"
