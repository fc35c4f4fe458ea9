"""What the program talks about, as frozen values: checklists, answers, sites, assessments, certificates."""
