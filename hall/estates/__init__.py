"""Where: street, community, estate, building, entrance; the estate's facts and policy."""
