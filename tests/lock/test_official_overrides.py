"""`official:` of `overrides.yml`: a person's word on an official list, and how mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

from neco_weekly.lock.overrides import load_overrides
from neco_weekly.model.errors import NecoError
from neco_weekly.model.keps import Stage
from neco_weekly.model.official_lists import OfficialList


def test_a_list_by_hand_names_releases_and_stages(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yml"
    path.write_text('official:\n  1.30:\n    GA: [24, "0127", 24]\n    beta: []\n  "v1.36":\n    stable: [5]\n')
    said = load_overrides(path)
    assert said.official == {
        "v1.30": OfficialList(stages={Stage.STABLE: (24, 127), Stage.BETA: ()}, source="overrides.yml"),
        "v1.36": OfficialList(stages={Stage.STABLE: (5,)}, source="overrides.yml"),
    }
    assert (said.keps, said.cards) == ({}, {})


WRONG = {
    "official:\n  next:\n    stable: [1]\n": ":2: 'next' is not a release; write one like \"1.36\"",
    "official:\n  1.30:\n    stable: [1]\n  v1.30:\n    beta: [1]\n": ":4: release v1.30",
    "official:\n  1.30:\n    late: [1]\n": ":3: 'late' is not a stage",
    "official:\n  1.30:\n    ga: [1]\n    stable: [1]\n": ":4: stage stable",
    "official:\n  1.30:\n    stable: 1\n": ":3: expected a list of KEP numbers",
    "official:\n  1.30:\n    stable:\n      - KEP-1\n": ":4: 'KEP-1' is not a KEP number; write one from 1 to 99999",
    "official:\n  1.30:\n    stable: [1, [2]]\n": ":3: '' is not a KEP number",
    "official:\n  1.30:\n    stable: [１]\n": ":3: '１' is not a KEP number",
    "official:\n  - 1.30\n": ":2: ",
}


def test_mistakes_are_named_with_their_line(tmp_path: Path) -> None:
    path, said = tmp_path / "overrides.yml", {}
    for text in WRONG:
        path.write_text(text, encoding="utf-8")
        try:
            said[text] = f"read: {load_overrides(path)}"
        except NecoError as error:
            said[text] = str(error)
    assert [message for text, message in said.items() if f"{path}{WRONG[text]}" not in message] == []
