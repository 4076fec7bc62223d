"""Plain Pelican, set up to do the same visible work: what a practice's blog would have without us."""

PATH = "content"
THEME = "theme"
SITEURL = "https://www.plain.example"
SITENAME = "Plain practice"
AUTHOR = "A. Clinician"
PHONE = "760-555-0142"
PHONE_HREF = "tel:+17605550142"
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
DIRECT_TEMPLATES = ["home", "blog", "categories", "sitemap"]
HOME_SAVE_AS = "index.html"
BLOG_SAVE_AS = "blog/index.html"
CATEGORIES_SAVE_AS = "services/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {"blog": None}  # a service and a topic list their articles on one page
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "topics/{slug}/feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
PLUGIN_PATHS = ["."]
PLUGINS = ["hubs"]
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.sane_lists",
        "markdown.extensions.toc",
        "markdown.extensions.meta",
    ],
    "output_format": "html5",
}
