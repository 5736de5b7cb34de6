"""Invented people at real places, for trying things out."""
