"""Parts that rooms and dialogs are made of."""
