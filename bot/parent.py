"""Ends a process when the one that started it is gone, even by `kill -9`.

Runs in both environments: standard library only.
"""

from __future__ import annotations

import os
import signal
import threading
import time

PARENT = "LOTS_PARENT"  # process id of `lots up`, `lots shell`
_EVERY = 1.0  # seconds


def watch_parent() -> None:
    """Watch from now on; does nothing in a process that was started by hand."""
    parent = os.environ.get(PARENT, "")
    if parent.isdigit():
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while _is_alive(parent):
        time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
