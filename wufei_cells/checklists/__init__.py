"""Files to editions and back: read with all problems at once, check, identify. Pure apart from being handed text."""
