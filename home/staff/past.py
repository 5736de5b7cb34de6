"""Verbs of before there were lists with names: in the trail, but recorded no more."""

PAST = {
    "shortlist.added": "put a colleague on the shortlist",
    "shortlist.removed": "took a colleague off the shortlist",
    "shortlist.noted": "wrote a note on a colleague",
    "shortlist.cleared": "cleared what had been taken off the shortlist",
}
