"""QR codes as drawings: one path of black squares, which a page draws without an image file."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import segno

_QUIET = 4  # modules of white around the code, as the standard asks for


class QrCode(NamedTuple):
    """A code in a square of `size` units; `path` is the `d` of an SVG path."""

    size: int
    path: str


@lru_cache(maxsize=256)
def qr_code(text: str) -> QrCode:
    """The QR code of an address, error correction M (15 % may be damaged).

    Raises:
        segno.DataOverflowError: if the text is longer than a QR code holds (about 2,300 bytes).
    """
    rows = segno.make(text, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(rows, start=_QUIET):
        start = None
        for x, dark in enumerate([*row, 0], start=_QUIET):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return QrCode(len(rows) + 2 * _QUIET, "".join(runs))
