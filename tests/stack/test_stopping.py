"""Runs last of the stack tests: it ends the stack they share."""

import httpx
import pytest

pytestmark = pytest.mark.stack


def test_everything_stops_on_ctrl_c(stack):
    # Last, because it ends the stack.
    assert stack.stop() == 0
    for url in (stack.url, stack.rasa_url):
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)
