"""Where SQLAlchemy lives: the journal of acts, the readable tables made from it, and the queries over them."""
