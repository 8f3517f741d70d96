"""JSON Schemas of the knowledge files, for editors; made of the records, never by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from bot.records import (
    Authority,
    Boundary,
    BoundaryWording,
    Helpline,
    Identifier,
    Language,
    LocalOverlay,
    Office,
    Service,
    ServiceWording,
)

FOLDER = "schema"
_ONE_A_FILE: dict[str, type[BaseModel]] = {
    "authority": Authority,
    "boundary": Boundary,
    "local": LocalOverlay,
    "office": Office,
    "service": Service,
}
_SEVERAL_A_FILE: dict[str, TypeAdapter[Any]] = {
    "boundary_wording": TypeAdapter(dict[Identifier, BoundaryWording]),
    "helplines": TypeAdapter(list[Helpline]),
    "languages": TypeAdapter(list[Language]),
    "service_wording": TypeAdapter(dict[Identifier, ServiceWording]),
}


def json_schemas() -> dict[str, str]:
    """File name -> text of every schema."""
    schemas = {name: model.model_json_schema() for name, model in _ONE_A_FILE.items()}
    schemas |= {name: adapter.json_schema() for name, adapter in _SEVERAL_A_FILE.items()}
    return {
        f"{name}.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema,
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        )
        + "\n"
        for name, schema in sorted(schemas.items())
    }


def write_json_schemas(knowledge: Path) -> list[Path]:
    """Write the schemas below the knowledge folder and return their paths."""
    folder = knowledge / FOLDER
    folder.mkdir(exist_ok=True)
    written = []
    for name, text in json_schemas().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
