"""The files of a city: its profile and its checklists, as the program brings them along."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criteria:
    """The checklist files and the profile of a city: names and contents."""

    checklists: tuple[tuple[str, bytes], ...]
    profile: tuple[str, bytes]

    @property
    def fingerprint(self) -> str:
        """Tell one set of files from another without reading them."""
        total = hashlib.sha256()
        for name, content in (*self.checklists, self.profile):
            total.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        return total.hexdigest()


Cities = Mapping[str, Callable[[], Criteria]]
"""The cities that come with the program by the keys of their profiles, and how to get the files of each."""
