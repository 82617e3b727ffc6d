"""Kinds of arguments of commands: a KEP or a URL, a network, an address, an age, a day, a release."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from dataclasses import dataclass
from typing import Any

import click

from ...grammar.kep_references import UrlMeaning, kep_number, read_url
from ...grammar.urls import is_web_url
from ...model.keps import parse_release
from ...model.text import MASK, without_credentials

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
"""A network, of IPv4 or IPv6."""


@dataclass(frozen=True, slots=True)
class Network(click.ParamType[IPNetwork]):
    """The kind of an option that names a private network: `127.0.0.0/8`."""

    name = "cidr"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> IPNetwork:
        try:
            return ipaddress.ip_network(value)
        except ValueError:
            self.fail(f"{value!r} is not a network like 10.0.0.0/8", param, ctx)


class Address(click.ParamType[str]):
    """The kind of an option that names an http(s) address."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_web_url(value):
            self.fail(f"{without_credentials(value, MASK)!r} is not an http(s) URL", param, ctx)
        return str(value)


@dataclass(frozen=True, slots=True)
class Age(click.ParamType[dt.timedelta]):
    """The kind of an option that is an age: `30d`, `12h`, `2w`; a number alone is days."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.timedelta:
        match = re.fullmatch(r"(\d{1,5})([hdw]?)", value, re.ASCII)
        if match is None:
            self.fail(f"{value!r} is no time like 30d, 12h or 2w", param, ctx)
        return int(match[1]) * {"h": dt.timedelta(hours=1), "w": dt.timedelta(weeks=1)}.get(
            match[2], dt.timedelta(days=1)
        )


@dataclass(frozen=True, slots=True)
class Day(click.ParamType[dt.date | str]):
    """The kind of an option that is a day, `2022-08-26`; a `word` that may stand for one comes back as it is."""

    word: str | None = None

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date | str:
        if value == self.word:
            return str(value)
        try:
            return dt.datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            self.fail(f"{value!r} is no day like 2022-08-26{f' and not {self.word}' if self.word else ''}", param, ctx)


class ReleaseType(click.ParamType[str]):
    """The kind of an option that is a release, `1.36` or `v1.36`; the value is its normalised name."""

    name = "release"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        release = parse_release(value)
        if release is None:
            self.fail(f"{value!r} is no release like 1.36", param, ctx)
        return release


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target: a KEP or a URL named on the command line; exactly one of both is set."""

    kep: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TargetType(click.ParamType[Target]):
    """The kind of an argument that is a target: `KEP-127`, `127` or a URL; a URL that names a KEP is that KEP.

    `others` is what a sentence of error names beside KEPs as what might have been meant.
    """

    others: str = "a URL"

    name = "KEP-N|URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if "://" in value:
            if not is_web_url(value):
                self.fail(f"{without_credentials(value, MASK)!r} is not an http(s) URL", param, ctx)
            if (masked := without_credentials(value, MASK)) != value:
                self.fail(f"{masked!r} has a user name or password; write it without", param, ctx)
            named = read_url(value)
            if named.meaning is UrlMeaning.IMPOSSIBLE:
                self.fail(f"{value!r} names no KEP from 1 to 99999", param, ctx)
            return Target(kep=named.number) if named.meaning is UrlMeaning.KEP else Target(url=value)
        digits = value.upper().removeprefix("KEP").lstrip("- #")
        number = kep_number(digits) if digits.isascii() and digits.isdecimal() else None
        if number is None:
            self.fail(f"{value!r} is neither a KEP number from 1 to 99999 nor {self.others}", param, ctx)
        return Target(kep=number)
