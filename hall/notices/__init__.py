"""The in-app inbox, made from the journal: each thing tells each person concerned once."""
