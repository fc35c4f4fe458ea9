"""Measurements, as ratios taken in one run: ours against the least that the same work could cost."""
