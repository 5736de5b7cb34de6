"""How staff come to vouch for people, licences and privileges."""
