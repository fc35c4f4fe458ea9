"""Pictures as evidence: read, turn upright, make smaller, and tell which look alike. Pillow lives here."""
