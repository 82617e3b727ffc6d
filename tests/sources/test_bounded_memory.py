"""Work that takes much memory is done one_at_a_time, and leaves nothing behind but what it made."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from neco_weekly.model.errors import FetchError, without_frames
from neco_weekly.sources.bounded_memory import one_at_a_time


class Page:
    """Something large."""


def fails(page: Page) -> None:
    try:
        raise ValueError("within")
    except ValueError as error:
        raise FetchError(f"{type(page).__name__} is no page") from error


def test_one_piece_at_a_time_in_one_thread() -> None:
    now, most, threads = 0, 0, set[int]()

    def work(number: int) -> int:
        nonlocal now, most
        now += 1
        most = max(most, now)
        time.sleep(0.005)
        now -= 1
        threads.add(threading.get_ident())
        return number

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: one_at_a_time(lambda: work(number)), range(16))) == list(range(16))
    assert (most, len(threads)) == (1, 1)
    assert threading.get_ident() not in threads


def test_an_error_reaches_the_one_who_asked() -> None:
    with pytest.raises(FetchError, match="Page is no page"):
        one_at_a_time(lambda: fails(Page()))
    with pytest.raises(ZeroDivisionError):
        one_at_a_time(lambda: 1 // 0)


def test_an_error_does_not_hold_on_to_what_its_frames_held() -> None:
    page = Page()
    seen = weakref.ref(page)
    with pytest.raises(FetchError) as caught:
        one_at_a_time(partial(fails, page))
    kept = without_frames(caught.value)
    del page, caught
    gc.collect()
    assert str(kept) == "Page is no page"
    assert (seen(), kept.__traceback__, kept.__cause__, kept.__context__) == (None, None, None, None)
