"""Excel workbooks: scoresheets as assessors know them, ledgers, checklists; the Excel libraries live nowhere else."""
