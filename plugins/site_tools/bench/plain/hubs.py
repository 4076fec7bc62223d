"""Related articles, neighbours in each topic and pages of places for plain Pelican."""

from collections import Counter, defaultdict

from pelican import signals
from pelican.utils import slugify

_RELATED = 4
_SHARERS = 200  # the newest of a large topic or place stand for all
_LISTED = 12


def _relate(generator):  # noqa: ANN001, ANN202 - a Pelican plugin as people write them
    """Give each article what its page names beside its own text; articles stand newest first."""
    articles = generator.articles
    sharers = defaultdict(list)
    areas = defaultdict(list)
    for article in articles:
        article.topics = []
        article.places = [_place(name.strip(), generator) for name in article.cities.split(",")]
        for place in article.places:
            areas[place["name"]].append(article)
        for trait in _traits(article):
            sharers[trait].append(article)
    for number, article in enumerate(articles):
        scores = Counter(other for trait in _traits(article) for other in sharers[trait][:_SHARERS])
        del scores[article]
        article.related = [other for other, _ in scores.most_common(_RELATED)]
        article.older, article.newer = _beside(articles, number)
    for tag, found in generator.tags.items():
        for number, article in enumerate(found):
            article.topics.append((tag, *_beside(found, number)))
    generator.context["areas"] = [(_place(name, generator), found[:_LISTED]) for name, found in sorted(areas.items())]


def _beside(articles, number):  # noqa: ANN001, ANN202 - as above
    older = articles[number + 1] if number + 1 < len(articles) else None
    return older, articles[number - 1] if number else None


def _place(name, generator):  # noqa: ANN001, ANN202 - as above
    slug = slugify(name, regex_subs=generator.settings["SLUG_REGEX_SUBSTITUTIONS"])
    return {"name": name, "url": f"areas/{slug}/"}


def _traits(article):  # noqa: ANN001, ANN202 - as above
    tags = [("tag", tag.slug) for tag in getattr(article, "tags", [])]
    return [("service", article.category.slug), *tags, *(("place", place["name"]) for place in article.places)]


def _write(generator, writer):  # noqa: ANN001, ANN202 - as above
    areas = generator.context["areas"]
    hubs = [("areas/index.html", "areas", {})]
    hubs += [(f"{place['url']}index.html", "area", {"place": place, "listed": found}) for place, found in areas]
    for name, template, more in hubs:
        writer.write_file(name, generator.get_template(template), generator.context, **more)


def register():  # noqa: ANN201 - as above
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(_relate)
    signals.article_writer_finalized.connect(_write)
