"""What a writer sees of a save in `neco serve`: the page, a few lines, and what went wrong."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

from bs4 import BeautifulSoup

from tests.previews import Preview, preview
from tests.sites import ENGLISH, issue_page, new_folder

FIRST, SECOND = "2026-01-02", "2026-01-09"
HOOK = """
def on_env(env, config, files):
    if config["extra"].get("no"):
        raise ValueError("a hook <says> no")
"""


def page(shown: Preview, address: str) -> BeautifulSoup:
    with urlopen(shown.url + address) as answer:
        return BeautifulSoup(answer.read(), "lxml")


def test_a_save_is_shown_and_told_in_few_lines_with_the_problems_of_its_file_first(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, **ENGLISH)
    for day in range(1, 29):
        folder.issue(f"2026-02-{day:02}", "KEP-9998\n\nKEP-9999")
    folder.issue(SECOND, "Nothing yet.")
    with preview(folder) as shown:
        assert len(shown.said) <= 12
        assert shown.times("more problems; `neco check` lists those of issues") == 1
        before = len(shown.said)
        folder.issue(SECOND, "KEP-1234\n\nA paragraph.")
        shown.until(lambda: shown.builds == 2)
        said = [line.partition("neco-weekly: ")[2] for line in shown.said[before:]]
        assert said[0].startswith(f"docs/issues/2026/01/{SECOND}.md: shown after ")
        assert said[1].startswith(f"docs/issues/2026/01/{SECOND}.md:3: ")
        assert said[2].endswith("; `neco check` lists those of issues")
        assert said[3].startswith("All pages are as they were written, after ")
        assert len(said) == 4
        assert "A paragraph." in shown.issue(SECOND).get_text()


def test_what_stops_a_build_stands_above_the_last_good_page_until_it_is_right(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, hooks=["hook.py"])
    folder.write("hook.py", HOOK)
    folder.issue(FIRST, "Good.")
    with preview(folder) as shown:
        reloads = shown.reloads(FIRST)
        folder.configure(hooks=["hook.py"], extra={"no": True})
        shown.until(lambda: len(reloads) == 1)
        box = shown.issue(FIRST).select(".neco-preview[role=alert]")[0]
        assert box.pre
        assert box.pre.get_text() == "hook.py:4: ValueError: a hook <says> no"
        assert "Good." in shown.issue(FIRST).get_text()
        assert shown.times("hook.py:4: ValueError: a hook <says> no") == 1
        assert shown.times("Traceback") == 0

        folder.issue(FIRST, "Better.")
        shown.until(lambda: "Better." in shown.issue(FIRST).get_text())
        assert shown.issue(FIRST).select(".neco-preview")

        folder.configure(hooks=["hook.py"])
        shown.until(lambda: not shown.issue(FIRST).select(".neco-preview"))
        assert "Better." in shown.issue(FIRST).get_text()


def test_front_matter_that_cannot_be_read_is_told_in_the_page(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue(FIRST, "Good.")
    with preview(folder) as shown:
        folder.write(f"docs/issues/2026/01/{FIRST}.md", "---\ntitle: a: b\n---\n# Issue\n\nText\n")
        shown.until(lambda: shown.builds == 2)
        assert shown.issue(FIRST).select(".neco-held")


def test_two_previews_of_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue(FIRST, "Good.")
    with preview(folder) as one, preview(folder) as other:
        folder.issue(FIRST, "Better.")
        one.until(lambda: one.builds == 2)
        other.until(lambda: other.builds == 2)
        for shown in (one, other):
            assert "Better." in shown.issue(FIRST).get_text()
            assert shown.times("Traceback") == shown.times("Error") == 0


def test_what_is_not_there_is_not_found_and_nothing_outside_of_the_site_is(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue(FIRST, "Good.")
    with preview(folder) as shown:
        answers = []
        for address in ("none/", "../../mkdocs.yml", "%2e%2e/%2e%2e/mkdocs.yml", "//etc/passwd", "%00"):
            try:
                page(shown, address)
            except OSError as error:
                answers.append(getattr(error, "code", error))
        assert answers == [404] * 5
        assert page(shown, issue_page(FIRST).removesuffix("/index.html")).select("article")  # led on to the folder


def test_an_issue_that_is_new_and_one_that_is_gone(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.issue(FIRST, "Good.")
    with preview(folder) as shown:
        new = folder.issue(SECOND, "New.")
        shown.until(lambda: shown.builds == 2)
        assert "New." in shown.issue(SECOND).get_text()
        assert len(page(shown, "issues/").select(f'a[href*="{SECOND}"]')) == 1
        new.unlink()
        shown.until(lambda: shown.builds == 3)
        assert not page(shown, "issues/").select(f'a[href*="{SECOND}"]')
