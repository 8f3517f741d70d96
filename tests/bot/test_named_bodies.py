"""Bodies that people name, in their own words and languages."""

import pytest

from bot.named_bodies import named_bodies


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("varför inte kommunen?", "kommun"),
        ("why not the municipality", "kommun"),
        ("لماذا ليس البلدية", "kommun"),
        ("neden belediye değil", "kommun"),
        ("чому не поліція", "polisen"),
        ("Försäkringskassans handläggare skickade mig", "forsakringskassan"),
        ("why not CSN?", "csn"),
        ("dlaczego nie Skatteverket", "skatteverket"),
    ],
)
def test_a_body_is_found(knowledge, text, body):
    assert body in named_bodies(text, knowledge)


def test_a_text_without_a_body_names_none(knowledge):
    assert named_bodies("varför just de?", knowledge) == []
