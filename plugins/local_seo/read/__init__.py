"""Text in, model out: front matter, practice.toml, calls to action, HTML."""
