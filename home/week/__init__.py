"""The week of a member, day by day: read from the rows that are there anyway."""
