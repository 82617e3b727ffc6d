"""Kinds of arguments of `neco kep`: a KEP or a feature gate, and a day or a release."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import click

from ...lock.kep_as_of import KepsAsOf
from ...model.days import today
from ...model.keps import parse_release
from .arguments import TargetType
from .known_kep import THE_LOCK

_GATE = re.compile(r"(?!kep\d+\Z)[a-z][a-z0-9]{1,99}", re.ASCII | re.I)


class KepOrGateType(click.ParamType[int | str]):
    """The kind of an argument that is a KEP, by its number or a URL, or a feature gate, by its name."""

    name = "KEP-N|GATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        if _GATE.fullmatch(value):
            return str(value)
        target = TargetType("the name of a feature gate").convert(value, param, ctx)
        if target.kep is None:
            self.fail(f"{target.url} is not a KEP; name one like KEP-127", param, ctx)
        return target.kep


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time that is asked about: a day (Asia/Tokyo), or a release by its normalised name; exactly one is set."""

    day: dt.date | None = None
    release: str | None = None


class WhenType(click.ParamType[When]):
    """The kind of an option that is a day, `2022-08-26`, or a release, `1.25` or `v1.25`."""

    name = "DATE|RELEASE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> When:
        if release := parse_release(value):
            return When(release=release)
        try:
            return When(day=dt.datetime.strptime(value, "%Y-%m-%d").date())  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            self.fail(f"{value!r} is neither a day like 2022-08-26 nor a release like 1.33", param, ctx)


def day_of(when: When | None, keps: KepsAsOf, where: str) -> dt.date | None:
    """Return the day that is asked about, for a release that of its release; None for today.

    Raises:
        click.BadParameter: the release is unknown, or not out on the newest day of the place that is asked.
    """
    if when is None or when.release is None:
        return when.day if when else None
    release, releases = when.release, keps.releases
    day = releases.day(release)
    if releases.is_out(release, keps.now):
        return day
    newest = releases.newest(keps.now)
    instead = f"name a day, or a release that is out{f', up to {newest}' if newest else ''}"
    if day is None:
        why = f"{release} is no release that is known; add its day to `releases:` in mkdocs.yml, or {instead}"
    elif releases.is_out(release, today()):
        newer = "run `neco refresh`, or " if where == THE_LOCK else ""
        why = f"{release} came out on {day}, and {where} only speaks up to {keps.now}; {newer}{instead}"
    else:
        why = f"{release} is not known to be out, and planned for {day}; {instead}"
    raise click.BadParameter(why, param_hint="'--at'")
