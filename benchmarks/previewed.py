"""`neco serve` as a process: what it says, what it has cost until then, and the memory of all that it starts."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from measure import OUTPUT_LINES, BenchmarkError

PATIENCE = 900.0
"""Seconds after which what was not said counts as never said."""

QUIET = 1.5
"""Seconds without work after which a preview has done all that it does by itself."""

_TICKS = os.sysconf("SC_CLK_TCK")
_SHOWN, _WHOLE = ": shown after ", "All pages are as they were written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line of the terminal, with the seconds since some moment and the CPU seconds of all processes until then."""

    line: str
    at: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Seconds from a save to its page and to the whole site: of CPU in all processes together, and of a clock."""

    page_cpu: float
    page_wall: float
    whole_cpu: float
    whole_wall: float

    @classmethod
    def least(cls, saves: list[Save]) -> Save:
        """The least of each, because noise only adds."""
        return cls(**{name: min(getattr(it, name) for it in saves) for name in cls.__slots__})


@dataclass(kw_only=True)
class Previewed:
    """A preview at work at an address. `peak` is the most memory, PSS in MB, that its processes had together so far."""

    process: subprocess.Popen[str]
    url: str
    said: list[Said] = field(default_factory=list)
    peak: float = 0.0

    def listen(self) -> None:
        """Note what is said, until nobody is there any more to say anything."""
        for line in self.process.stdout or ():
            self.said.append(Said(line=line.rstrip(), at=time.monotonic(), cpu=self.cpu()))

    def watch(self) -> None:
        """Note the memory four times a second, as long as the preview runs."""
        while self.process.poll() is None:
            self.peak = max(self.peak, sum(map(_pss, self._processes())))
            time.sleep(0.25)

    def cpu(self) -> float:
        """Return the CPU seconds of all processes of the preview, and of those that they have waited for."""
        return sum(sum(map(int, it[11:15])) for it in self._processes().values()) / _TICKS

    def until(self, words: str, *, behind: int = 0) -> Said:
        """Return the first line with these words among those behind so many others, as soon as it is said.

        Raises:
            BenchmarkError: it is not said, or the preview has ended.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            for it in self.said[behind:]:
                if words in it.line:
                    return it
            time.sleep(0.01)
        told = "\n".join(f"  {it.line}" for it in self.said[-OUTPUT_LINES:])
        raise BenchmarkError(f"the preview does not say {words!r}; it said:\n{told}")

    def save(self, file: Path, text: str) -> Save:
        """Write a file, and return what came of that once the whole site is right."""
        self._rest()
        behind, cpu, at = len(self.said), self.cpu(), time.monotonic()
        file.write_text(text, encoding="utf-8")
        page, whole = self.until(_SHOWN, behind=behind), self.until(_WHOLE, behind=behind)
        return Save(
            page_cpu=page.cpu - cpu, page_wall=page.at - at, whole_cpu=whole.cpu - cpu, whole_wall=whole.at - at
        )

    def expect(self, address: str, words: str) -> None:
        """Make sure that a page has some words: a preview that shows nothing is quick.

        Raises:
            BenchmarkError: it has not.
        """
        with urlopen(self.url + address) as answer:  # noqa: S310 (it is our own preview, on loopback)
            if words not in answer.read().decode():
                raise BenchmarkError(f"{self.url}{address} does not have {words!r}")

    def _rest(self) -> None:
        """Wait until the preview has nothing to do any more."""
        before = -1.0
        while self.cpu() - before > 0.05:
            before = self.cpu()
            time.sleep(QUIET)

    def _processes(self) -> Mapping[int, list[str]]:
        """Return what the system says of each process of the session (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):  # one that has ended meanwhile
                    fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                    if int(fields[3]) == self.process.pid:
                        found[int(folder.name)] = fields
        return found


def _pss(process: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


@contextlib.contextmanager
def previewed(folder: Path, config: str, environment: Mapping[str, str]) -> Iterator[Previewed]:
    """A preview of a site that has drawn it once, for as long as the block runs."""
    neco = Path(sys.executable).with_name("neco")
    place = f"127.0.0.1:{_free_port()}"
    command = [str(neco), "serve", "--config-file", config, "--dev-addr", place]
    with tempfile.TemporaryDirectory(prefix="neco-bench-") as temporary:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment, "TMPDIR": temporary},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        it = Previewed(process=process, url=f"http://{place}/")
        threads = [threading.Thread(target=target) for target in (it.listen, it.watch)]
        with process:
            for thread in threads:
                thread.start()
            try:
                it.until("Serving on")
                yield it
            finally:
                process.terminate()
                for thread in threads:
                    thread.join()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
