"""Where a stage keeps its files."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def stage_folder(prefix: str = "homeport-test-") -> Iterator[Path]:
    """A folder that every account may pass through, as the users' homes lie in it."""
    with tempfile.TemporaryDirectory(prefix=prefix) as made:
        folder = Path(made)
        folder.chmod(0o711)
        yield folder
