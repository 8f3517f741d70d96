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


def test_pictures_of_the_places_are_made(new_page):
    FOLDER.mkdir(parents=True, exist_ok=True)

    def picture(page, name, **options):
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}.png", **options)
        assert (FOLDER / f"{name}.png").stat().st_size > 5000

    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto("/kiosk?municipality=0181&idle=21")
    picture(page, "kiosk-greeting")
    page.locator(".tongue[data-lang=ti]").click()
    expect(page.locator("dialog.idle")).to_be_visible()
    picture(page, "kiosk-idle")
    page.goto("/kiosk?municipality=0181")
    page.locator(".tongue[data-lang=ar]").click()
    page.locator("lotsen-chat textarea#question").fill("vab")
    page.keyboard.press("Enter")
    expect(page.locator("lotsen-chat .card")).to_be_visible()
    picture(page, "kiosk-answer-arabic")
    for _ in range(5):
        page.locator(".tool-larger").click()
    picture(page, "kiosk-300-percent")
    for code in ("sv", "ar", "ti"):
        page.goto(f"/poster?lang={code}&municipality=0181")
        picture(page, f"poster-{code}", full_page=True)
    page.goto("/demo")
    picture(page, "demo-closed")
    page.locator(".launcher").click()
    page.locator("lotsen-chat textarea#question").fill("vab")
    page.keyboard.press("Enter")
    expect(page.locator("lotsen-chat .card")).to_be_visible()
    picture(page, "demo-open")
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/demo")
    page.locator(".launcher").click()
    expect(page.locator("lotsen-chat textarea#question")).to_be_visible()
    picture(page, "demo-phone")
    page.goto("/card/tillfallig_foraldrapenning?lang=fa")
    picture(page, "card-persian", full_page=True)
