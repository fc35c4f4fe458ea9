"""Updates as files: their format, how they are checked, and how a program takes the place of another.

``starting`` runs at every start of a built program; it and what it imports load nothing but the standard library.
"""
