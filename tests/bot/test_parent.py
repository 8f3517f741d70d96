"""A process ends when the one that started it is gone."""

import os
import signal
import subprocess
import sys
import time

from bot.parent import PARENT
from bot.settings import ROOT

CHILD = "import time; from bot.parent import watch_parent; watch_parent(); time.sleep(60)"
PARENT_SCRIPT = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}],
                         env=os.environ | {{"{PARENT}": str(os.getpid())}})
print(child.pid, flush=True)
time.sleep(60)
"""


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:
        return stat.read().split()[2] != "Z"


def test_kill_9_of_the_parent_ends_the_child():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT_SCRIPT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    time.sleep(0.5)
    assert is_running(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 10
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.2)
    assert not is_running(child)


def test_a_process_started_by_hand_is_left_alone():
    script = CHILD.replace("time.sleep(60)", "time.sleep(2); print('still here')")
    environment = {k: v for k, v in os.environ.items() if k != PARENT}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "still here"
