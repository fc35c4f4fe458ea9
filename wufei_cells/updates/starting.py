"""The first thing a built program does: it sees whether an update was cut short.

Runs before anything asks where the data lies. It costs a look for a few files; what works on them is loaded only where
there are any.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wufei_cells import paths
from wufei_cells.updates.places import Places, base_name

FINISH = "--finish-update"
"""First argument of the helper; behind it the plan and the process to wait for."""


def at_start(arguments: Sequence[str]) -> int | None:
    """Do what an update has left to do; give an exit code where the program is to end with it."""
    if len(arguments) == 3 and arguments[0] == FINISH:
        from wufei_cells.updates.placing import finish  # noqa: PLC0415 - only the helper needs it

        return finish(Path(arguments[1]), int(arguments[2]))
    folder = paths.program_folder()
    if folder is None:
        return None
    for program in dict.fromkeys((folder, folder.with_name(base_name(folder.name)))):
        places = Places(program)
        left = (places.plan, places.helper, places.incoming) if program == folder else (places.plan,)
        if any(one.exists() for one in left):
            from wufei_cells.updates.healing import heal  # noqa: PLC0415 - few starts need it

            return heal(program, folder, arguments)
    return None
