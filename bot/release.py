"""What a browser loads, as a release: files that never change under an address that names them.

Pages of other sites pin a release with its integrity hash, so a release must outlive the next
one: each is kept in a folder (`LOTS_RELEASES`) and served from there for as long as it lies there.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger("lotsen.gateway")

WEB = Path(__file__).parent / "web"
# The chat's modules in the order they need each other; they are served as one, because only one
# file can be pinned: a script's integrity hash does not reach what the script imports.
MODULES = (
    "assets.js",
    "dom.js",
    "strings.js",
    "api.js",
    "colours.js",
    "speech.js",
    "qr.js",
    "popup.js",
    "slip.js",
    "tools.js",
    "office.js",
    "card.js",
    "turns.js",
    "conversation.js",
    "question-form.js",
    "bar.js",
    "live-region.js",
    "style.js",
    "visit.js",
    "lotsen-chat.js",
)
ENTRY = "lotsen-chat.js"
LOADER = "lotsen.js"
_FILES = ("lotsen-chat.css", "slip.css", "icons.json", "flag.svg")
_OF_PAGES = ("page.css", "page.js", "kiosk.css", "kiosk.js", "poster.css", "poster.js", "demo.css")
_IMPORT = re.compile(r"^import [^;]+;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) )", re.MULTILINE)
_EXPORTED = ("LotsenChat", "canSpeak", "contrast", "h", "icon", "loadIcons", "loadStrings", "speak")
_LAUNCHER_TEXTS = ("$dir", "launcher", "launcher_hint", "chat_close", "chat_simple")
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Release:
    """The files by name, and the hash a page can demand of each."""

    id: str
    files: dict[str, bytes]
    integrity: dict[str, str]

    def path(self, name: str) -> str:
        """Where the file is served, from the root.

        Raises:
            KeyError: if the release has no such file.
        """
        if name not in self.files:
            raise KeyError(name)
        return f"/v/{self.id}/{name}"


def strings_of(language: str, folder: Path = WEB / "strings") -> dict[str, Any]:
    """The interface strings of a language; English, then Swedish where one is missing or empty."""
    return _written("sv", folder) | _written("en", folder) | _written(language, folder)


def _written(language: str, folder: Path) -> dict[str, Any]:
    """What somebody has written in a language: an empty text waits for a translator."""
    path = folder / f"{language}.json"
    texts = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {key: text for key, text in texts.items() if text.strip()}


def build_release(web: Path = WEB) -> Release:
    """Put the release together from the sources.

    Raises:
        OSError: if a source is missing.
    """
    files = {name: (web / name).read_bytes() for name in (*_FILES, *_OF_PAGES)}
    codes = sorted(path.stem for path in (web / "strings").glob("*.json"))
    strings = {code: strings_of(code, web / "strings") for code in codes}
    for code, texts in strings.items():
        files[f"strings/{code}.json"] = json.dumps(texts, ensure_ascii=False).encode()
    bundle = _bundle((web / name).read_text("utf-8") for name in MODULES)
    loader = _without_head((web / LOADER).read_text("utf-8"))
    identity = hashlib.sha256()
    for part in (*files.values(), bundle.encode(), loader.encode()):
        identity.update(hashlib.sha256(part).digest())
    release = identity.hexdigest()[:12]

    integrity = {name: integrity_of(content) for name, content in files.items()}
    files[ENTRY] = _fill(bundle, INTEGRITY=integrity).encode()
    texts = {code: {k: s[k] for k in _LAUNCHER_TEXTS} for code, s in strings.items()}
    files[LOADER] = _fill(
        loader, RELEASE=release, INTEGRITY=integrity_of(files[ENTRY]), TEXTS=texts
    ).encode()
    return Release(release, files, {name: integrity_of(c) for name, c in files.items()})


def _bundle(modules: Iterable[str]) -> str:
    body = "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)
    return f"{body}\nexport {{ {', '.join(_EXPORTED)} }};\n"


def _without_head(source: str) -> str:
    """Leave out the documentation at the top: every page of every visitor would load it."""
    return re.sub(r"\A/\*\*.*?\*/\n", "", source, flags=re.DOTALL)


def _fill(source: str, **values: Any) -> str:  # noqa: ANN401 - JSON
    """Replace each `const NAME = …; // filled in` by the value."""
    for name, value in values.items():
        line = re.compile(rf"^const {name} = .*; // filled in.*$", re.MULTILINE)
        written = f"const {name} = {json.dumps(value, ensure_ascii=False)};"
        source, count = line.subn(lambda _, written=written: written, source)  # type: ignore[misc]
        if count != 1:
            raise ValueError(f"{count} lines `const {name} = …; // filled in`: one is needed")
    return source


def integrity_of(content: bytes) -> str:
    """The value of an `integrity` attribute."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


class Releases:
    """The current release, and the earlier ones that pages still ask for."""

    def __init__(self, current: Release, folder: Path) -> None:
        self.current = current
        self._folder = folder
        self._keep()

    def _keep(self) -> None:
        """Write the current release down; without a place to write it lives as long as we do."""
        target = self._folder / self.current.id
        try:
            for name, content in self.current.files.items():
                path = target / name
                if not path.is_file() or path.read_bytes() != content:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
        except OSError as error:
            logger.warning("releases are not kept in %s: %s", self._folder, error.strerror)

    def file(self, release: str, name: str) -> bytes | None:
        """A file of a release, None where it is unknown."""
        if release == self.current.id:
            return self.current.files.get(name)
        # Only names that a release of today has, so that no path leads out of the folder.
        if not re.fullmatch(r"[0-9a-f]{12}", release) or not _is_plain(name):
            return None
        path = self._folder / release / name
        return path.read_bytes() if path.is_file() else None


def _is_plain(name: str) -> bool:
    return re.fullmatch(r"(strings/)?[a-z-]+\.(js|css|json|svg)", name) is not None
