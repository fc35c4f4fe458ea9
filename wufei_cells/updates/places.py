"""The folders beside a program folder while one program takes the place of another.

All of them lie in the folder above, so that a rename moves them in one step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from wufei_cells.paths import PORTABLE_FOLDER

INCOMING, HELPER, PLAN = "-next", "-helper", "-update.json"
BEFORE, NEWER = "-before-", "-newer-"
_KEPT = re.compile(r"(?P<base>.+?)-(?:before|newer)-\d[\d.]*(?:-\d+)?")
_SET_ASIDE = re.compile(rf"{_KEPT.pattern}|(?P<other>.+?)-(?:next|helper)")


@dataclass(frozen=True, slots=True)
class Places:
    """What belongs to a program folder, whether it is there or not."""

    program: Path

    @property
    def plan(self) -> Path:
        """The file that says what is under way."""
        return self._beside(PLAN)

    @property
    def incoming(self) -> Path:
        """The new program while it is prepared."""
        return self._beside(INCOMING)

    @property
    def helper(self) -> Path:
        """The copy from which the folders are renamed: on Windows no program can rename the folder it runs in."""
        return self._beside(HELPER)

    @property
    def data(self) -> Path:
        """The data of a portable program."""
        return self.program / PORTABLE_FOLDER

    def kept(self, version: str) -> Path:
        """Give a free name for the program as it was before a version."""
        return self._free(BEFORE, version)

    def newer(self, version: str) -> Path:
        """Give a free name for a version that is gone back from."""
        return self._free(NEWER, version)

    def set_aside(self) -> tuple[Path, ...]:
        """Give the versions that are kept beside the program."""
        beside = [*self.program.parent.iterdir()]
        return tuple(sorted(one for one in beside if self._is_kept(one)))

    def _is_kept(self, folder: Path) -> bool:
        found = _KEPT.fullmatch(folder.name)
        return found is not None and found["base"] == self.program.name and folder.is_dir() and not folder.is_symlink()

    def _beside(self, ending: str) -> Path:
        return self.program.with_name(f"{self.program.name}{ending}")

    def _free(self, kind: str, version: str) -> Path:
        wanted = self._beside(f"{kind}{version}")
        number = 2
        while wanted.exists():
            wanted = self._beside(f"{kind}{version}-{number}")
            number += 1
        return wanted


def base_name(name: str) -> str:
    """Give the name of the program folder that a folder beside it belongs to; the name itself where it is none."""
    found = _SET_ASIDE.fullmatch(name)
    return (found["base"] or found["other"]) if found else name
