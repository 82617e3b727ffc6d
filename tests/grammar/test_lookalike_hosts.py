"""Hosts that imitate another one, and many that do not: an alarm must be worth reading."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.lookalike_hosts import looks_like, shown_host


@pytest.mark.parametrize(
    ("host", "other"),
    [
        pytest.param("gіthub.com", "github.com", id="a Cyrillic letter in a Latin word"),
        pytest.param("xn--gthub-n2e.com", "github.com", id="the same in ASCII"),
        pytest.param("gíthub.com", "github.com", id="a mark on a letter of a well-known host"),
        pytest.param("www.gıthub.com", "github.com", id="below a well-known host"),
        pytest.param("аррӏе.com", "apple.com", id="a well-known host in Cyrillic letters alone"),
        pytest.param("exаmple.org", "example.org", id="any word of two alphabets"),
        pytest.param("ραypal.com", "paypal.com", id="Greek and Latin"),
        pytest.param("github.com.", None, id="a dot at the end"),
    ],
)
def test_an_imitation(host: str, other: str | None) -> None:
    assert looks_like(f"https://{host}/a") == other


@pytest.mark.parametrize(
    "host",
    [
        "github.com", "日本語.jp", "例え.テスト", "bücher.example", "xn--bcher-kva.example", "пример.com",
        "παράδειγμα.gr", "k8sの話.example", "ニュースkubernetes.jp", "한국.kr", "ｇｉｔｈｕｂ.com", "xn--.com",
        "café.fr", "xn--\u3042.com", "[::1]", "rnicrosoft.com", "1.1.1.1", "",
    ],
)  # fmt: skip
def test_a_host_that_is_itself(host: str) -> None:
    assert looks_like(f"https://{host}/") is None


def test_what_is_no_address() -> None:
    assert looks_like("https://[а/") is None
    assert looks_like("#а") is None


@pytest.mark.parametrize(
    ("host", "shown"),
    [("gíthub.com", "gíthub.com (xn--gthub-zsa.com)"), ("xn--gthub-zsa.com", "gíthub.com (xn--gthub-zsa.com)")],
)
def test_a_host_is_shown_in_both_forms(host: str, shown: str) -> None:
    assert shown_host(f"https://{host}/") == shown
