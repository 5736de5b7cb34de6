"""What staff do about a profile that a member reports."""
