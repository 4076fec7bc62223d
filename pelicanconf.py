"""How Pelican finds the site. Facts about the practice stand in content/practice.toml, not here."""

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
SITEURL = ""  # empty: practice.url of practice.toml

PLUGIN_PATHS = ["plugins"]
PLUGINS = ["local_seo.plugin"]

# The plugin reads and prints everything itself, from typed values; Pelican's own generators have nothing to do.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]  # the machine's language must not show; the first that exists is taken
TIMEZONE = "UTC"  # the practice's zone stands in practice.toml
CACHE_PATH = ".cache"  # pictures that were made once; may be deleted
CACHE_CONTENT = False  # Pelican's cache does not notice changed settings
TYPOGRIFY = False  # the reader does it, so that it is done once

MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",  # tables, footnotes, definition lists, attributes, fenced code
        "markdown.extensions.sane_lists",  # a list ends where another kind begins
        "markdown.extensions.toc",  # headings get an id to link to
    ],
    "extension_configs": {},
    "output_format": "html",
}
