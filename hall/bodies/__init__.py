"""The five bodies as data, and what each is called in an estate."""
