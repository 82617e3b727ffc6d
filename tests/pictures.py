"""Pictures that tests draw: a file of each format, in any size."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def drawn(width: int, height: int, written: str = "PNG", **options: Any) -> bytes:
    """A picture of one colour as a file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "tan").save(file, written, **options)
    return file.getvalue()
