"""Pictures beside the docs folder, where Zenn has them: each that an issue shows becomes a file of the site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ...extension.picture_files import find_beside


class PicturesBeside:
    """The pictures beside the docs folder, of which a build takes those that its issues show.

    `taken` are the files of the last build, for a preview to watch.
    """

    def __init__(self) -> None:
        self.taken: list[Path] = []
        self._build: tuple[MkDocsConfig, Files] | None = None

    def begin(self, config: MkDocsConfig, files: Files) -> None:
        """Take pictures into the files of this build from now on."""
        self._build, self.taken = (config, files), []

    def take(self, path: str) -> str | None:
        """Take the picture at a path below the project's folder into the site; return its path there, or None."""
        if self._build is None or not self._build[0].config_file_path:
            return None
        config, files = self._build
        root, docs = Path(config.config_file_path).parent, Path(config.docs_dir)
        file = find_beside(root, docs, path)
        if file is None:
            return None
        if file.is_relative_to(docs):  # `/docs/images/a.png`, as on GitHub
            return file.relative_to(docs).as_posix()
        if path not in files.src_uris:
            files.append(File.generated(config, path, abs_src_path=str(file)))
            self.taken.append(file)
        return path
