"""Whom a clinician must not treat or be told of, and how a name is compared with it:
by keyed hashes alone, so that neither side reads what the other has written.
"""
