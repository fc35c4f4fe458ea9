"""A whole checklist as a workbook, to be written in Excel or WPS, and back."""
