"""YAML with line numbers, so that a message can say where a fault is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.errors import Fault

Keys = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LinedYaml:
    """A parsed YAML file: plain `data`, and the line each key or item stands on."""

    def __init__(self, file: str, data: Any, lines: dict[Keys, int]) -> None:  # noqa: ANN401 - YAML is any
        self.file = file
        self.data = data
        self._lines = lines

    def line(self, keys: Keys) -> int:
        """Line (1-based) of the key path, or of its nearest parent that exists."""
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self._lines.get(keys, 1)

    def fault(self, keys: Keys, message: str) -> Fault:
        """Make a fault that points at the key path."""
        return Fault(self.file, self.line(keys), message)


def read_yaml(path: Path, root: Path) -> LinedYaml | Fault:
    """Read one file; a file that cannot be read or parsed becomes a fault."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Fault(name, 0, f"cannot be read as UTF-8: {error}. Save the file as UTF-8.")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        return Fault(name, mark.line + 1 if mark else 0, f"is not valid YAML: {what}")
    lines: dict[Keys, int] = {}
    faults: list[Fault] = []
    try:
        data = _build(node, (), lines, faults, name) if node is not None else None
    except RecursionError:
        return Fault(name, 1, "an alias (*name) holds itself: write the value out")
    return faults[0] if faults else LinedYaml(name, data, lines)


def _build(
    node: yaml.Node, keys: Keys, lines: dict[Keys, int], faults: list[Fault], file: str
) -> Any:  # noqa: ANN401 - YAML is any
    lines.setdefault(keys, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            # Keys are ids and codes: `no` and `0181` must stay text.
            key = str(key_node.value)
            lines[(*keys, key)] = key_node.start_mark.line + 1
            if key in result:
                faults.append(
                    Fault(file, key_node.start_mark.line + 1, f"key {key!r} stands here twice")
                )
            result[key] = _build(value_node, (*keys, key), lines, faults, file)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*keys, i), lines, faults, file) for i, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:  # noqa: ANN401 - YAML is any
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    # Numbers and dates stay text: pydantic converts where a field asks for it, and a code
    # or phone number without quotes loses nothing.
    return node.value
