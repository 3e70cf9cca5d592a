"""The folder that holds an installation's data and keys, always outside the source tree by default."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the data folder: `MAFAKA_HOME`, else `mafaka` in the user's own data folder (XDG)."""
    if named := os.environ.get("MAFAKA_HOME"):
        return Path(named).expanduser().resolve()
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "mafaka"
