"""The national provider registry's dissemination file, both of its layouts."""
