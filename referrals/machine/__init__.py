"""What may become of a referral and of its offers: a table, and what reads it.

Nothing here asks a database: the same functions move the rows of the product and
the plain ones of the tests. docs/referrals.md is printed from it.
"""
