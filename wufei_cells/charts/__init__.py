"""Pictures of figures: a chart is laid out once, and painted by the window and by documents alike. Pure."""
