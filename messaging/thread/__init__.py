"""A conversation as one member reads it: the log folded into lines."""
