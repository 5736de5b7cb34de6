"""Search in what somebody may read, by tokens that only its keys can make."""
