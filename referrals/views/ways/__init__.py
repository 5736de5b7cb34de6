"""What can be done from a page: how each step is called, asked for and taken.

Which of them stand there, `permissions.allowed` decides; nothing here does.
"""

from referrals.views.ways.of_offers import OF_OFFERS
from referrals.views.ways.of_referrals import OF_REFERRALS
from referrals.views.ways.standing import as_it_stands
from referrals.views.ways.way import Thing, Way

__all__ = ["OF_OFFERS", "OF_REFERRALS", "Thing", "Way", "as_it_stands"]
