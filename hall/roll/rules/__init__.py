"""Pure rules of the roll: units into entries, unit names, reading an owners' file, differences."""
