"""Associates under supervision: who may do what, and what it bounds."""
