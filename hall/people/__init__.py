"""Persons, accounts, posts, household codes, sessions, throttling."""
