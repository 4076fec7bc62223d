"""What a page says beyond its own words: titles, head, links, calls to action. Pure functions."""
