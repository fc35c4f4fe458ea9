"""The files a register starts with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criteria:
    """The checklist files and the city profile a register starts with: names and contents."""

    checklists: tuple[tuple[str, bytes], ...]
    profile: tuple[str, bytes]

    @property
    def fingerprint(self) -> str:
        """Tell one set of files from another without reading them."""
        total = hashlib.sha256()
        for name, content in (*self.checklists, self.profile):
            total.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        return total.hexdigest()
