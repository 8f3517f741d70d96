"""Imports a municipality's offices from a CSV file: all of them, or none and why."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.errors import Fault
from bot.knowledge import Knowledge
from bot.opening_hours import parse_hours
from bot.places import folded
from bot.records import Office

REQUIRED = ("name", "municipality", "source", "checked")
OPTIONAL = (
    "id", "authority", "address", "phone", "website", "serves", "cannot", "languages", "hours",
    "hours_checked", "some_days", "appointment",
)  # fmt: skip
_LISTS = ("serves", "cannot", "languages")
_YES = {"ja": True, "yes": True, "x": True, "1": True, "true": True}
_NO = {"nej": False, "no": False, "": False, "0": False, "false": False}


def import_offices(
    path: Path, folder: Path, knowledge: Knowledge, *, replace: bool = False
) -> tuple[list[Office], list[Fault]]:
    """Read the rows and, where every row is sound, write one file per office.

    Args:
        path: CSV in UTF-8, with commas or semicolons, and a heading of column names.
        folder: `offices/` of the knowledge base.
        knowledge: knows the municipalities and authorities.
        replace: write over offices that exist already.

    Returns:
        (offices, faults): with any fault nothing has been written.
    """
    offices: dict[str, Office] = {}
    faults: list[Fault] = []
    for line, row in _rows(path, faults):
        office = _office(path.name, line, row, knowledge, faults)
        if office is None:
            continue
        if office.id in offices:
            faults.append(_fault(path.name, line, "id", f"{office.id!r} stands here twice"))
        elif office.id in knowledge.offices and not replace:
            message = f"office {office.id!r} exists already: use --replace to write over it"
            faults.append(_fault(path.name, line, "id", message))
        offices[office.id] = office
    if not faults:
        _write(folder, offices)
    return list(offices.values()), sorted(faults)


def _rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.append(Fault(path.name, 0, f"cannot be read: {error.strerror}"))
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = 'is not UTF-8: save it as "CSV UTF-8" (Excel: Save as, CSV UTF-8)'
        faults.append(Fault(path.name, line, message))
        return
    heading = text.split("\n", 1)[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns = [name.strip().casefold() for name in next(reader, [])]
    if not _columns_fit(path.name, columns, faults):
        return
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            message = f"has {len(cells)} cells, the heading {len(columns)}: a stray {delimiter!r}?"
            faults.append(Fault(path.name, reader.line_num, message))
            continue
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
        yield reader.line_num, row


def _columns_fit(file: str, columns: list[str], faults: list[Fault]) -> bool:
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in (*REQUIRED, *OPTIONAL)]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    for message in (
        f"columns are missing: {', '.join(missing)}" if missing else "",
        f"unknown columns: {', '.join(unknown)}; known are {', '.join((*REQUIRED, *OPTIONAL))}"
        if unknown
        else "",
        f"columns stand there twice: {', '.join(twice)}" if twice else "",
    ):
        if message:
            faults.append(Fault(file, 1, message))
    return not (missing or unknown or twice)


def _office(
    file: str, line: int, row: dict[str, str], knowledge: Knowledge, faults: list[Fault]
) -> Office | None:
    known = len(faults)
    data: dict[str, object] = {
        key: row[key]
        for key in ("name", "address", "phone", "website", "hours_checked")
        if row.get(key)
    }
    data["municipality"] = _municipality(file, line, row["municipality"], knowledge, faults)
    data["authority"] = row.get("authority") or "kommun"
    data |= {key: tuple(row[key].split()) for key in _LISTS if row.get(key)}
    data.setdefault("serves", (data["authority"],))
    data |= _flags(file, line, row, faults)
    try:
        data["hours"] = tuple(parse_hours(row.get("hours", "")))
    except ValueError as error:
        faults.append(_fault(file, line, "hours", _plain(str(error))))
    if data.get("hours"):
        data.setdefault("hours_checked", row["checked"])
    data["source"] = {"url": row["source"] or None, "checked": row["checked"] or None}
    data["confidence"] = "verified" if row["source"] and row["checked"] else "unchecked"
    data["id"] = row.get("id") or _identifier(row, knowledge)
    for key in ("authority", *(("serves",) if row.get("serves") else ())):
        values = data[key] if key == "serves" else (data[key],)
        for body in values:  # type: ignore[attr-defined]  # both are tuples of text
            if body not in knowledge.authorities:
                faults.append(_fault(file, line, key, f"unknown authority {body!r}"))
    return _validated(file, line, data, faults) if len(faults) == known else None


def _validated(file: str, line: int, data: dict[str, object], faults: list[Fault]) -> Office | None:
    try:
        return Office.model_validate(data)
    except ValidationError as error:
        for problem in error.errors():
            where = str(problem["loc"][-1]) if problem["loc"] else "row"
            column = "source" if where == "url" else where
            faults.append(_fault(file, line, column, _plain(problem["msg"])))
        return None


def _municipality(
    file: str, line: int, said: str, knowledge: Knowledge, faults: list[Fault]
) -> str:
    found = knowledge.places.find(said) if said else []
    if len(found) == 1:
        return found[0].code
    names = ", ".join(f"{place.name} ({place.code})" for place in found[:4])
    message = f"{said!r} may be {names}: write the code" if found else f"{said!r} is unknown"
    faults.append(_fault(file, line, "municipality", message))
    return ""


def _flags(file: str, line: int, row: dict[str, str], faults: list[Fault]) -> dict[str, object]:
    flags: dict[str, object] = {}
    for key in ("some_days", "appointment"):
        said = row.get(key, "").casefold()
        if said not in _YES | _NO:
            faults.append(_fault(file, line, key, f"{said!r} is neither ja nor nej"))
        flags[key] = (_YES | _NO).get(said, False)
    return flags


def _identifier(row: dict[str, str], knowledge: Knowledge) -> str:
    found = knowledge.places.find(row["municipality"])
    place = found[0].name if found else row["municipality"]
    words = folded(f"{place} {row['name']}").encode("ascii", "ignore").decode()
    return "_".join(dict.fromkeys(re.findall(r"[a-z0-9]+", words))) or "office"


def _fault(file: str, line: int, column: str, message: str) -> Fault:
    return Fault(file, line, f"{column}: {message}")


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").split("\n")[-1].strip()


def _write(folder: Path, offices: dict[str, Office]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for office in offices.values():
            temporary = folder / f"{office.id}.new"
            written.append(temporary)
            temporary.write_text(office_yaml(office), encoding="utf-8")
    except OSError:
        for temporary in written:
            temporary.unlink(missing_ok=True)
        raise
    for temporary in written:  # only now, when every file is whole
        temporary.replace(temporary.with_suffix(".yml"))


def office_yaml(office: Office) -> str:
    """The file of an office, in the form that is kept by hand."""
    data = office.model_dump(mode="json", exclude_defaults=True)
    lines = [f"{key}: {_value(data[key])}" for key in data if key not in ("hours", "source")]
    if office.hours:
        at = next(
            (i for i, text in enumerate(lines) if text.startswith("hours_checked")), len(lines)
        )
        lines.insert(at, "hours:")
        for entry in reversed(office.hours):
            days = ", ".join(entry.days)
            span = f'opens: "{entry.opens:%H:%M}", closes: "{entry.closes:%H:%M}"'
            lines.insert(at + 1, f"  - {{days: [{days}], {span}}}")
    source = ", ".join(f"{key}: {_value(value)}" for key, value in data.get("source", {}).items())
    lines.insert(len(lines) - 1, f"source: {{{source}}}")
    return "\n".join(lines) + "\n"


_BARE = re.compile(r"^[a-z][a-z_]*$")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    text = str(value)
    # `no` and `on` read as booleans elsewhere: quote all but plain ids
    if _BARE.match(text) and text not in ("no", "on", "off", "yes", "true", "false", "null"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
