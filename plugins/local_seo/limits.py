"""Every threshold of the product, once: value, unit, reason, source.

Sources name rules of the field; a number that no search engine publishes is a choice of ours and says so.
``[checks]`` in practice.toml overrides the ones that belong to a check, by the check's id.
"""

from __future__ import annotations

from typing import Final

TITLE_WIDTH_PX: Final = 580  # Arial 20 px; Google cuts near 600, 20 px are our margin
TITLE_PLACES_MOST: Final = 2  # choice: more is a list (E-06)

DESCRIPTION_SHORTEST_CHARS: Final = 70  # choice (H-04); no engine publishes a length
DESCRIPTION_LONGEST_CHARS: Final = 160  # choice (H-04); longer ones are cut on a phone

DESCRIPTIONS_ALIKE: Final = 3  # choice (E-07): so many that differ only by a place are a pattern
PLACES_IN_ALT_MOST: Final = 1  # choice (E-22): two places in an alt text describe no picture
ALT_LONGEST_CHARS: Final = 150  # choice (E-22): screen readers read it in one breath
PLACES_IN_A_RUN: Final = 6  # choice (E-01): six bare names in a row are a list, not a sentence
PLACES_IN_SENTENCE_MOST: Final = 8  # choice (E-01): the location sentence, every name linked
PHRASES_MOST: Final = 8  # contract: `[tags] style = "phrases"` prints at most as many
INVERTED_PHRASES_ERROR: Final = 3  # choice (E-03): "Therapist Palm Desert" is no English
INVERTED_PHRASES_WARNING: Final = 1  # choice (E-03)

ARTICLE_WORDS_LEAST: Final = 300  # choice (P-01, P-04): a floor against empty pages, not a goal
AREA_WORDS_LEAST: Final = 300  # choice (P-07): own words of an area page
AREA_FACTS_LEAST: Final = 5  # choice (P-07): filled fact slots of an area page
CITIES_MOST: Final = 5  # choice (W-13): more places than that and an article is about none
SOURCES_LEAST: Final = 2  # choice (V-11): health articles cite what they say
LINKS_IN_LEAST: Final = 2  # choice (P-07): a local page that texts lead to

RELATED_MOST: Final = 4  # contract: related articles under an article
TOPIC_ARTICLES_LEAST: Final = 3  # choice (P-06): fewer make a thin page
AREA_ARTICLES_MOST: Final = 12  # choice: a local page is a page, not an archive
LATEST_ON_HOME: Final = 3  # choice
ARTICLES_ON_A_PAGE: Final = 10  # choice: one blog page on a phone is a few screens
FEED_ENTRIES_MOST: Final = 20  # choice: full content, so a feed stays under 1 MB

CONTRAST_LEAST: Final = 4.5  # WCAG 2.2, 1.4.3: text against what it stands on

OG_IMAGE_WIDTH_LEAST_PX: Final = 600  # Facebook: smaller pictures make a thumbnail, not a card
OG_IMAGE_HEIGHT_LEAST_PX: Final = 315

# Where pictures stand, as the theme lays them out (theme/css/tokens.css, card.css, hero.css, profile.css); a browser
# test holds them against what is fetched.
PICTURE_COLUMN: Final = "min(53rem,92vw)"
PICTURE_COLUMN_PX: Final = 848  # 53rem
PICTURE_COLUMN_LEAST_PX: Final = 680  # narrower files than that no phone of today asks for
PICTURE_HERO: Final = "(min-width:62em) 40rem,110vw"  # it fills a window of 33rem, or the screen, and is cut to 4:3
PICTURE_PIXELS_MOST: Final = 60_000_000  # choice: any phone's photograph; as many pixels are in memory at once
PICTURE_SIDE_MOST_PX: Final = 16_000  # WebP ends at 16,383
PICTURE_WIDTH_LEAST_PX: Final = 1200  # W-16: what Google's large previews and share cards ask for
PICTURE_KEPT_S: Final = 90 * 86_400  # choice: what no build used for so long leaves the cache
PICTURE_LEFTOVER_S: Final = 86_400  # choice: what a killed build left there

# Shares of 5-word shingles that two texts have in common, places and services masked; from (1 - u) / (1 + u), where u
# is the part that is a page's own. No search engine publishes a number.
ALIKE_ERROR: Final = 0.80  # E-14: at most a ninth of each page is its own: (1 - u) / (1 + u)
ALIKE_WARNING: Final = 0.55  # E-14: at most 29 % is its own; a published tool gives full credit below
AREAS_ALIKE_ERROR: Final = 0.40  # E-15: own words of two area pages; less than 43 % is its own
AREAS_ALIKE_WARNING: Final = 0.20  # E-15: a third is the other page's
ARTICLES_ALIKE_WARNING: Final = 0.30  # W-23: 46 % is the other article's
COMPARED_WORDS_LEAST: Final = 20  # choice: stubs are alike by nature, and thin-page finds them

SOURCE_LARGEST_BYTES: Final = 2_000_000  # choice: a longer Markdown file is a mistake
FRONT_MATTER_DEPTH_MOST: Final = 6  # choice: nothing of ours nests deeper; bounds hostile input
