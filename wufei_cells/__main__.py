"""Start the command line where Qt is not installed: ``python -m wufei_cells``."""

from __future__ import annotations

import sys

from wufei_cells.command_line.main import main

if __name__ == "__main__":
    sys.exit(main())
