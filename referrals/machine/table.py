"""Every transition there is: by whom, from where, to where, if what, with what else."""

from referrals.machine.arriving import ARRIVAL, ENDING
from referrals.machine.asking import ANSWERING, BEGINNING, CHOOSING
from referrals.machine.guests import LINKING
from referrals.machine.row import Row

TABLE = (*BEGINNING, *ANSWERING, *CHOOSING, *LINKING, *ARRIVAL, *ENDING)
VERBS = tuple(dict.fromkeys(row.verb for row in TABLE))

__all__ = ["TABLE", "VERBS", "Row"]
