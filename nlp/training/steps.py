"""Long work in steps that are kept once done.

A step writes its result under a temporary name and renames it, so a run that was stopped goes on
where it was; delete the work folder to begin anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


def once(target: Path, make: Callable[[Path], object]) -> Path:
    """Make ``target`` (file or folder) unless it is there already."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        make(part)
        part.rename(target)
    return target
