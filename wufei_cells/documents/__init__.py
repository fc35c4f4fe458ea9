"""Documents on paper: fonts, text and pages as PDF. reportlab lives here and nowhere else."""
