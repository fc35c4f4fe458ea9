"""The scoring desk: its views of the same answers, and the panels beside them."""
