"""The studio: where a checklist is written, tried and published."""
