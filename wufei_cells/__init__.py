"""The core: checklists, scoring, records, documents; complete without a window."""
