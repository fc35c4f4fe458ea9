"""An office's own workbook, filled in: only cells with placeholders change, everything else stays as it is."""
