"""Member lists of associations: one clinician a line, in JSON."""
