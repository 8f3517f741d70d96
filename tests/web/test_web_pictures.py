"""Pictures for people to look at, in var/screenshots/."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

FOLDER = Path(__file__).resolve().parents[2] / "var" / "screenshots"
PHONE = {"width": 390, "height": 844}


def test_pictures_of_the_pages_are_made(open_chat, new_page):
    FOLDER.mkdir(parents=True, exist_ok=True)

    def picture(page, name):
        expect(page.locator(".typing")).to_have_count(0)
        path = FOLDER / f"{name}.png"
        page.screenshot(path=path)
        assert path.stat().st_size > 5000

    chat = open_chat(locale="en-GB")
    picture(chat.page, "start")
    chat.ask("I stay home with my sick child, who pays?")
    picture(chat.page, "answer")
    chat.ask("parking fine")
    picture(chat.page, "clarify")
    chat.page.emulate_media(color_scheme="dark")
    chat.ask("my house is on fire")
    picture(chat.page, "emergency-dark")
    chat = open_chat("/?lang=ar")
    chat.ask("إجازة الوالدين")
    picture(chat.page, "arabic")
    chat = open_chat(viewport=PHONE, has_touch=True, is_mobile=True)
    picture(chat.page, "phone-start")
    chat.ask("Mitt barn är sjukt och jag kan inte jobba")
    picture(chat.page, "phone")
    chat = open_chat(viewport={"width": 320, "height": 640})
    picture(chat.page, "320-start")
    chat.ask("parkeringsböter")
    picture(chat.page, "320")
    page = new_page(locale="en-GB")
    page.goto("/ask")
    page.locator("#message").fill("parking fine")
    page.locator("main .send").click()
    picture(page, "without-script")
