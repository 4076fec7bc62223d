"""Local SEO for Pelican: targeted tags, calls to action and links for the blog of a local practice."""
