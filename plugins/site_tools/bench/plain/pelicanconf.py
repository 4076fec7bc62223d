"""Plain Pelican, set up to do the same visible work: what a practice's blog would have without us."""

PATH = "content"
THEME = "theme"
SITEURL = "https://www.plain.example"
SITENAME = "Plain practice"
AUTHOR = "A. Clinician"
TIMEZONE = "America/Los_Angeles"
DEFAULT_LANG = "en"
TYPOGRIFY = True
RELATIVE_URLS = False
ARTICLE_PATHS = ["articles"]
ARTICLE_URL = "blog/{slug}/"
ARTICLE_SAVE_AS = "blog/{slug}/index.html"
CATEGORY_URL = "services/{slug}/"
CATEGORY_SAVE_AS = "services/{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
AUTHOR_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = 20
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
PLUGIN_PATHS = ["."]
PLUGINS = ["related"]
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.sane_lists",
        "markdown.extensions.toc",
        "markdown.extensions.meta",
    ],
    "output_format": "html5",
}
