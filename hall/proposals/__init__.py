"""Proposals 议案: versions, co-sponsors, endorsements, timed rounds, what was heard and what changed."""
