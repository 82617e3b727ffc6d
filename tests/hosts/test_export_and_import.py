"""An issue that goes out to Zenn and comes in again: `neco export zenn`, then `neco import zenn`."""

from __future__ import annotations

from pathlib import Path

from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import neco
from tests.pictures import drawn
from tests.sites import Folder, issue_path, kep, new_folder

DAY = "2026-07-10"

BODY = """\
KEP-127の一行目。<!-- a note -->
二行目。

## KEP-127: beds

https://example.org/card

![p](p.png)

:::message
- [x] a
:::

```yaml:pod.yaml
a: 1
```
"""


def test_text_comes_back_without_words_of_badges(folder: Folder, tmp_path: Path) -> None:
    folder.lock(kep(127))
    folder.issue(DAY, BODY)
    folder.write("docs/issues/2026/07/p.png", drawn(4, 3))
    out = tmp_path / "zenn"
    assert neco(folder, "export", "zenn", issue_path(DAY), "--out", out).status == 0
    assert "neco:badge" in (out / "articles/neco-2026-07-10.md").read_text(encoding="utf-8")
    other = new_folder(tmp_path / "other")
    done = neco(other, "import", "zenn", out)
    assert done.status == 0, done
    assert "articles without the words of badges, which the site draws anew: 1" in done.out + done.error
    text = (other.docs / "issues/neco-2026-07-10.md").read_text(encoding="utf-8")
    expected = BODY.replace("<!-- a note -->\n", "").replace("(p.png)", "(images/neco-2026-07-10/p.png)")
    assert text.partition("\n---\n\n")[2].strip() == expected.strip()
    picture = other.docs / "issues/images/neco-2026-07-10/p.png"
    assert picture.read_bytes() == drawn(4, 3)
