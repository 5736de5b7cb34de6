"""The packet of a referral: what is in it, who reads which part, how it is sealed."""
