"""The interface strings: every language has every key, and the same gaps to fill."""

from __future__ import annotations

import json
import re

import pytest

from bot.release import WEB, build_release, strings_of

FOLDER = WEB / "strings"
ENGLISH = json.loads((FOLDER / "en.json").read_text("utf-8"))
CODES = sorted(path.stem for path in FOLDER.glob("*.json"))
PLURALS = ("counter_left", "counter_over", "kiosk_idle")
FORMS = ("zero", "one", "two", "few", "many", "other")


def _gaps(text):
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_every_key_and_no_unknown_one(code):
    own = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    own = {key: text for key, text in own.items() if text.strip()}  # empty is not written yet
    plural = {f"{key}_{form}" for key in PLURALS for form in FORMS}
    assert own["$code"] == code
    assert set(own) - set(ENGLISH) - plural == set()
    for key, text in own.items():
        like = ENGLISH.get(key) or ENGLISH[f"{key.rsplit('_', 1)[0]}_other"]
        # A form for one or two may leave the number out: it is in the word.
        assert _gaps(text) <= _gaps(like), key
        assert _gaps(text) == _gaps(like) or key.endswith(("_zero", "_one", "_two")), key
    missing = set(ENGLISH) - set(own)
    if missing:
        names = ", ".join(sorted(missing))
        pytest.skip(f"{code}: {len(missing)} strings wait for a translator: {names}")


@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_languages_others_fall_back_to_lack_nothing(code):
    own = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    assert set(own) == set(ENGLISH)
    assert [key for key, text in own.items() if not text.strip()] == []


def test_a_missing_key_falls_back_to_english(tmp_path):
    (tmp_path / "en.json").write_text('{"a": "A", "b": "B"}')
    (tmp_path / "so.json").write_text('{"a": "X"}')
    assert strings_of("so", tmp_path) == {"a": "X", "b": "B"}
    assert strings_of("xx", tmp_path) == {"a": "A", "b": "B"}


def test_an_empty_text_is_a_missing_one(tmp_path):
    (tmp_path / "sv.json").write_text('{"a": "Å", "b": "Ä", "c": "Ö"}')
    (tmp_path / "en.json").write_text('{"a": "A", "b": "B", "c": ""}')
    (tmp_path / "so.json").write_text('{"a": "X", "b": " ", "c": ""}')
    assert strings_of("so", tmp_path) == {"a": "X", "b": "B", "c": "Ö"}


def test_the_browser_gets_no_empty_text():
    strings = {
        name: json.loads(content)
        for name, content in build_release().files.items()
        if name.startswith("strings/")
    }
    assert strings
    empty = [(name, key) for name, s in strings.items() for key in s if not s[key].strip()]
    assert empty == []
