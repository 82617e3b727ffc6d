"""Line breaks in Japanese sentences: what a writer writes and what a reader sees."""

from __future__ import annotations

import pytest
from markdown import markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.store import Lock

from tests.lock_fixture import as_of_today


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        pytest.param("配置\nする", "配置する", id="between kanji and kana"),
        pytest.param("です。\n次は", "です。次は", id="after a full stop"),
        pytest.param("です。\n**次**は", "です。<strong>次</strong>は", id="before emphasis"),
        pytest.param("**次**\nは", "<strong>次</strong>は", id="after emphasis"),
        pytest.param("です。\n`kubectl` は", "です。<code>kubectl</code> は", id="before Latin code"),
        pytest.param("です。\nPod は", "です。Pod は", id="after a full stop, before a Latin word"),
        pytest.param("です。 Pod は", "です。 Pod は", id="a blank the writer typed"),
        pytest.param("Pod\n（小さい）", "Pod（小さい）", id="before a bracket of full width"),
        pytest.param("**終わり。**\nPod", "<strong>終わり。</strong>Pod", id="after emphasis that ends a sentence"),
        pytest.param("Pod を\n`kubectl` は", "Pod を\n<code>kubectl</code> は", id="no full stop"),
        pytest.param("Pod\nを", "Pod\nを", id="after a Latin word"),
        pytest.param("a\nb", "a\nb", id="in English"),
        pytest.param("です。  \n次は", "です。<br />\n次は", id="a break the writer asked for"),
        pytest.param("`配\n置`", "<code>配\n置</code>", id="in code"),
    ],
)
def test_a_line_break_between_japanese_characters_is_no_gap(written: str, drawn: str) -> None:
    assert markdown(written, extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(Lock()))]) == f"<p>{drawn}</p>"
