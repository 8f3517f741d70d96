"""Judgements are kept without words."""

import sqlite3

from bot.feedback import Feedback, keep_feedback, read_feedback


def test_what_is_kept_can_be_read_again(tmp_path):
    path = tmp_path / "deep" / "feedback.sqlite"
    keep_feedback(path, "so", "barnbidrag", "forsakringskassan", "right", "kiosk")
    keep_feedback(path, "sv", "bygglov", "kommun", "not_meant", "web")
    first, second = read_feedback(path)
    assert first == Feedback(first.day, "so", "barnbidrag", "forsakringskassan", "right", "kiosk")
    assert second.judgement == "not_meant"


def test_the_table_has_no_place_for_words_or_sessions(tmp_path):
    path = tmp_path / "feedback.sqlite"
    keep_feedback(path, "sv", "bygglov", "kommun", "wrong", "web")
    columns = [row[1] for row in sqlite3.connect(path).execute("PRAGMA table_info(feedback)")]
    assert columns == ["day", "language", "service", "authority", "judgement", "channel"]


def test_nothing_is_read_where_nothing_was_kept(tmp_path):
    assert list(read_feedback(tmp_path / "none.sqlite")) == []
