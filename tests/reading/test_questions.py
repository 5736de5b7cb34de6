"""Real questions to therapists, when their file is there, find their specialty."""

from benches.parse import named, suggested
from benches.questions import Question, shares, unseen

OF_OUR_OWN = [
    Question("Why do I always pick fights with my wife?", frozenset({"couples"})),
    Question("How can I get over my fear of flying?", frozenset({"phobias"})),
    Question("Is it normal to still miss my dad?", frozenset({"grief"})),
    Question("How do I get my toddler to listen?", frozenset({"parenting"})),
    Question("How do I stop drinking?", frozenset({"aud", "sud"})),
]


def test_suggestions_find_more_than_the_names_of_problems_do() -> None:
    asked = [*OF_OUR_OWN, *unseen()]

    rules, whole = shares(asked, named), shares(asked, suggested)

    assert whole.first > rules.first
    assert whole.three > rules.three
    assert whole.first >= 0.5
    assert whole.three >= 0.75
