"""Pure rules of the people room: logins, passwords, codes, posts."""
