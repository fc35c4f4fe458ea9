"""Excel workbooks: scoresheets as assessors know them. openpyxl lives here and nowhere else."""
