"""A field of a KEP is one row: all that a row must lead to, from kep.yaml to the page, is proved for every row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.lock.store import load_lock
from neco_weekly.model.kep_fields import DETAILS, DetailField, DetailKind
from neco_weekly.sources.http import Response
from neco_weekly.sources.keps.public_list import read_keps_json

from tests.hosts.test_cli import neco
from tests.sites import TODAY, Built, Folder, new_folder, squeezed
from tests.sources.repositories import GitFolder

WRITTEN: dict[DetailKind, str] = {
    "texts": '["@somebody"]',
    "sigs": "[sig-auth]",
    "day": "2021-03-04",
    "references": "[https://example.com/proposal]",
}
"""A value of each kind as kep.yaml writes it."""

SEEN: dict[DetailKind, str] = {
    "texts": "@somebody",
    "sigs": "sig-auth",
    "day": "2021-03-04",
    "references": "https://example.com/proposal",
}
"""What a reader sees of it."""

KEP = "keps/sig-node/127-user-namespaces/kep.yaml"
HEAD = "title: User Namespaces\nkep-number: 127\nowning-sig: sig-node\nstatus: implementable\nstage: alpha\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A site whose KEP has every field, refreshed from a repository."""
    root = tmp_path_factory.mktemp("fields")
    upstream = GitFolder(root / "enhancements")
    fields = "".join(f"{row.kep_yaml}: {WRITTEN[row.kind]}\n" for row in DETAILS)
    upstream.commit({KEP: HEAD + fields})
    site = new_folder(root / "site")
    site.issue("2022-08-26", "KEP-127")
    done = neco(site, "refresh", "--only", "keps", "--source", upstream.path)
    assert done.status == 0, done.error
    return site


@pytest.fixture(scope="module")
def built(folder: Folder) -> Built:
    return folder.build()


IN_HEAD = {"created": ".neco-eyebrow", "superseded_by": ".neco-lead"}
"""Where the head of a KEP's page shows a field, which then is no row of its facts."""

rows = pytest.mark.parametrize("row", DETAILS, ids=lambda row: row.name)


@rows
def test_it_is_kept_in_the_lock(row: DetailField, folder: Folder) -> None:
    enhancement = load_lock(folder.docs / "_metadata").enhancement(127)
    assert enhancement is not None
    assert row.name in enhancement.details.values
    assert SEEN[row.kind] in repr(enhancement.details.values[row.name]) or row.kind == "day"


@rows
def test_it_is_shown_on_the_page_with_its_name(row: DetailField, built: Built) -> None:
    if (place := IN_HEAD.get(row.name)) is not None:
        (told,) = built.page("keps/127/index.html").select(place)
        assert SEEN[row.kind] in squeezed(told.text)
        return
    names, values = (built.page("keps/127/index.html").select(f".neco-facts {tag}") for tag in ("th", "td"))
    facts = {squeezed(name.text): squeezed(value.text) for name, value in zip(names, values, strict=True)}
    assert facts[load_strings("ja")(f"detail.{row.name}")] == SEEN[row.kind]


@rows
def test_it_is_told_on_the_terminal(row: DetailField, folder: Folder) -> None:
    label = load_strings("en")(f"detail.{row.name}")
    lines = neco(folder, "kep", "127").out.splitlines()
    (line,) = [it for it in lines if it.strip().lower().startswith(f"{label.lower()}  ")]
    assert line.endswith(SEEN[row.kind])


@rows
def test_it_is_part_of_the_json(row: DetailField, folder: Folder, built: Built) -> None:
    for document in (neco(folder, "kep", "127", "--json").json(), built.json("api/keps/127.json")):
        assert SEEN[row.kind] in str(document[row.name])


@rows
def test_it_is_read_from_the_public_list(row: DetailField) -> None:
    first, *others = row.kep_yaml.split("-")
    camel = first + "".join(it.capitalize() for it in others)
    values = {"texts": ["@somebody"], "sigs": ["sig-auth"], "day": "2021-03-04", "references": ["https://a.jp/b"]}
    entry = {"kepNumber": "127", "title": "X", "path": Path(KEP).parent.as_posix(), camel: values[row.kind]}
    response = Response(url="https://a.jp/keps.json", status=200, headers={}, body=json.dumps([entry]).encode())
    snapshot = read_keps_json(lambda *_, **__: response, today=lambda: TODAY)
    assert list(snapshot.enhancements[127].details.values) == [row.name]


def test_a_lock_without_any_is_read(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    keps = {"127": {"title": "X", "source": {"kind": "git"}}}
    folder.write("docs/_metadata/keps.json", json.dumps({"schema": 2, "keps": keps}))
    enhancement = load_lock(folder.docs / "_metadata").enhancement(127)
    assert enhancement is not None
    assert enhancement.details.values == {}
