"""A small knowledge base in which nothing is missing."""

import json
import re

import pytest
import yaml

from tests.small_files import write


@pytest.fixture
def worded_knowledge(small_knowledge):
    """With every text in every language: one under translation is no fault here."""
    folder = small_knowledge / "texts"
    english = yaml.safe_load((folder / "en.yml").read_text(encoding="utf-8"))
    for path in folder.glob("*.yml"):
        known = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, text in english.items():
            if key not in known:
                fields = " ".join(sorted(set(re.findall(r"\{[a-z_]+\}", text))))
                known[key] = f"{'نص' if path.stem == 'ar' else 'text'} {fields}"
        body = "".join(
            f"{key}: {json.dumps(known[key], ensure_ascii=False)}\n"
            for key in sorted(set(known) & set(english))
        )
        write(path, body)
    return small_knowledge
