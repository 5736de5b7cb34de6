"""Peer endorsements: who may give one, and how they are said in words."""
