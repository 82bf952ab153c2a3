"""The count, pure and exact: sheets to piles, piles to lines, lines to a verdict.

Both the ballots room and the offline count file stand on this room; it imports only the rule sets'
pure rules and knows no file, no table and no clock.
"""
