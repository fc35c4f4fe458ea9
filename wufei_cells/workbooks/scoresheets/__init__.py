"""The scoresheet of one assessment: a form that computes its points by itself, and that can be read back."""
