from __future__ import annotations

import pytest

from bot.errors import SettingError
from bot.host_sites import allowed_origins, frame_ancestors, snippet
from bot.qr import qr_code
from bot.release import ENTRY, LOADER, Releases, build_release, integrity_of
from bot.settings import Settings


@pytest.fixture(scope="module")
def release():
    return build_release()


def test_origins_are_read_and_frame_what_they_may():
    settings = Settings(allowed_origins="https://www.a.se, http://b.se:8080")
    assert allowed_origins(settings) == ["https://www.a.se", "http://b.se:8080"]
    assert frame_ancestors(["https://a.se"]) == "frame-ancestors 'self' https://a.se"
    assert allowed_origins(Settings(allowed_origins="")) == []
    assert allowed_origins(Settings(allowed_origins="*")) == ["*"]


@pytest.mark.parametrize(
    "wrong", ["www.a.se", "https://a.se/", "https://a.se/path", "ftp://a.se", "https://a.se;x"]
)
def test_what_is_no_origin_is_refused_with_how_to_write_it(wrong):
    with pytest.raises(SettingError, match="write https://www.example.se"):
        allowed_origins(Settings(allowed_origins=wrong))


def test_a_release_is_named_by_its_content(release):
    assert release.id == build_release().id
    assert release.path("icons.json") == f"/v/{release.id}/icons.json"
    with pytest.raises(KeyError):
        release.path("page.html")


def test_the_loader_demands_the_chat_and_the_chat_its_files(release):
    loader, chat = (release.files[name].decode() for name in (LOADER, ENTRY))
    assert integrity_of(release.files[ENTRY]) in loader
    assert integrity_of(release.files["lotsen-chat.css"]) in chat
    assert integrity_of(release.files["strings/sv.json"]) in chat
    assert "// filled in" not in loader + chat
    assert "\nimport " not in chat


def test_the_snippet_pins_the_release_and_takes_only_codes(release, tmp_path):
    made = snippet(Releases(release, tmp_path), "https://lotsen.se/", "0181", "so")
    assert made.html == (
        f'<script src="https://lotsen.se/v/{release.id}/lotsen.js"'
        f' integrity="{release.integrity[LOADER]}" crossorigin="anonymous"'
        ' data-municipality="0181" data-lang="so" async></script>'
    )
    assert made.content_security_policy["script-src"] == "https://lotsen.se"
    hostile = snippet(Releases(release, tmp_path), "https://lotsen.se/", '"><b>', "<script>")
    assert "data-" not in hostile.html_newest
    assert "<b>" not in hostile.html + hostile.iframe


def test_where_nothing_can_be_written_the_release_is_served_all_the_same(release, tmp_path):
    barred = tmp_path / "file"
    barred.write_text("")
    kept = Releases(release, barred)
    assert kept.file(release.id, "icons.json") == release.files["icons.json"]


def test_a_code_is_drawn_with_its_finder_in_the_corner_and_white_around():
    code = qr_code("https://lotsen.example.se/card/vab?lang=so")
    assert code.path.startswith("M4 4h7v1h-7z")
    assert code.size == 29 + 2 * 4  # version 3, and four modules of white on each side
    assert qr_code("https://a.se") != qr_code("https://b.se")
