"""Conversations on the socket: what a web process does about them (docs/api.md)."""
