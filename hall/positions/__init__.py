"""The position of each of the five bodies on a proposal, and declared interests."""
