"""The board: the tabs of the overview, and where their figures lead."""
