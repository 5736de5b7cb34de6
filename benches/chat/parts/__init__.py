"""The goals, by what has to stand for them to be measured."""
