"""KEP references on a page that explains the word KEP as an abbreviation."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from neco_weekly.extension import NecoWeeklyExtension
from neco_weekly.model.issues import ScanResult

from tests.lock_fixture import LOCK, as_of_today

MEANT = "\n\n*[KEP]: Kubernetes Enhancement Proposal\n*[API]: Application Programming Interface\n"


@pytest.mark.parametrize(
    ("text", "references", "abbreviations"),
    [
        ("KEP-127 と KEP", ["KEP-127"], ["KEP"]),
        ("先の KEP 127 と KEP #661 の API", ["KEP 127", "KEP #661"], ["API"]),
        ("- KEP-127\n- **KEP-661**", ["KEP-127", "KEP-661"], []),
        ("| a |\n| --- |\n| KEP-127 |", ["KEP-127"], []),
        ("KEP が 3 件、KEP-127", ["KEP-127"], ["KEP"]),
        ("API-127 と KEP\n-127", [], ["API", "KEP"]),
    ],
)
@pytest.mark.parametrize("grammar", ["github", "python-markdown"])
def test_a_reference_is_whole_though_its_first_word_is_explained(
    text: str, references: list[str], abbreviations: list[str], grammar: str
) -> None:
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(LOCK), report=found.append, grammar=grammar)
    page = BeautifulSoup(Markdown(extensions=["abbr", "tables", ours]).convert(text + MEANT), "lxml")
    drawn = [link.find(string=True) for link in page.select("a.neco-kep") if not link.find_parent("nav")]
    assert [str(it).strip() for it in drawn] == references
    assert [it.get_text() for it in page.select("abbr")] == abbreviations
    assert [it.written for it in found[0].mentions] == references
