"""What the site is made of: frozen values without files, HTML parsing or rendering."""
