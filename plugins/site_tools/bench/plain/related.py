"""Related articles and neighbours for plain Pelican, by shared tags, category and cities."""

from collections import Counter, defaultdict

from pelican import signals


def _relate(generator):  # noqa: ANN001, ANN202 - a Pelican plugin as people write them
    articles = generator.articles
    sharers = defaultdict(list)
    for article in articles:
        article.places = [name.strip() for name in article.cities.split(",")]
        for trait in _traits(article):
            sharers[trait].append(article)
    for number, article in enumerate(articles):
        scores = Counter(other for trait in _traits(article) for other in sharers[trait][:200])
        del scores[article]
        article.related = [other for other, _ in scores.most_common(4)]
        article.newer = articles[number - 1] if number else None
        article.older = articles[number + 1] if number + 1 < len(articles) else None


def _traits(article):  # noqa: ANN001, ANN202 - as above
    return [("category", article.category.slug), *(("tag", tag.slug) for tag in article.tags), *article.places]


def register():  # noqa: ANN201 - as above
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(_relate)
