"""What can be done with a proposal and when: facts in, every reason against out. Pure."""
