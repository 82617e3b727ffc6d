"""Pictures beside the docs folder, where Zenn has them: each that an issue shows becomes a file of the site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ...extension.picture_files import find_beside


class PicturesBeside:
    """The pictures beside the docs folder, of which a build takes those that its issues show.

    `watched` are the folders where issues have pictures, or will have those that are not there yet, for a preview to
    watch; of the project's own folder only files, for the site that is built lies there, too.
    """

    def __init__(self) -> None:
        self.watched: set[Path] = set()
        self._build: tuple[MkDocsConfig, Files] | None = None

    def begin(self, config: MkDocsConfig, files: Files) -> None:
        """Take pictures into the files of this build from now on."""
        self._build, self.watched = (config, files), set()

    def end(self) -> None:
        """Let go of the build, into whose files no picture will be taken any more."""
        self._build = None

    def take(self, path: str) -> str | None:
        """Take the picture at a path below the project's folder into the site; return its path there, or None."""
        if self._build is None or not self._build[0].config_file_path:
            return None
        config, files = self._build
        root, docs = Path(config.config_file_path).parent, Path(config.docs_dir)
        file = find_beside(root, docs, path)
        self._watch(config, root / path.split("/", maxsplit=1)[0])
        if file is None:
            return None
        if file.is_relative_to(docs):  # `/docs/images/a.png`, as on GitHub
            return file.relative_to(docs).as_posix()
        if path not in files.src_uris:
            files.append(File.generated(config, path, abs_src_path=str(file)))
        return path

    def _watch(self, config: MkDocsConfig, place: Path) -> None:
        """Note the first part of a picture's path, unless somebody else watches it, or a build writes there."""
        others = (Path(config.docs_dir), Path(config.site_dir))
        if place.exists() and not any(it.is_relative_to(place) or place.is_relative_to(it) for it in others):
            self.watched.add(place)
