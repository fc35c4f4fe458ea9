"""Write what people take away: the scoresheet of an assessment, the progress report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import browsing
from wufei_cells.services.explaining import verdict
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
