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

FRAGMENTS_IN_A_BLOCK: Final = 3  # choice (E-02): three search phrases in a row are a block of them
FRAGMENT_WORDS_MOST: Final = 6  # choice (E-02): longer ones are parts of sentences
PAIR_DENSITY_ERROR_PERCENT: Final = (
    3.5  # choice (E-04): words of one trade-and-place phrase; stuffed posts measure 4 to 5
)
PAIR_DENSITY_WARNING_PERCENT: Final = 2  # choice (E-04)
PAIR_REPEATS_LEAST: Final = 4  # choice: in a short text a few are soon many percent
KEYWORD_DENSITY_PERCENT: Final = 3.5  # choice (E-04); no search engine publishes a figure
KEYWORD_REPEATS_LEAST: Final = 6  # choice: as PAIR_REPEATS_LEAST
WORDS_A_PLACE_ERROR: Final = 12  # choice (E-05): of 277 honest texts about one name, 2 said it as often; 45 once in 30
WORDS_A_PLACE_WARNING: Final = 30  # choice (E-05)
PLACE_REPEATS_LEAST: Final = 6  # choice: as PAIR_REPEATS_LEAST
PLACES_IN_HEADING_MOST: Final = 2  # choice: as TITLE_PLACES_MOST
TITLES_ALIKE_CHARS: Final = 45  # choice (W-02): so much that differs by a place only is boilerplate
TITLE_ENDINGS_ALIKE: Final = 3  # choice (W-03): so many titles with one ending are a pattern
DESCRIPTION_FRAGMENTS: Final = 4  # choice (W-04): a list of search words, no sentence
HIDDEN_WORDS_MOST: Final = 12  # choice (N-08): a label for screen readers is shorter

GRADE_HINT: Final = 9  # W-05: 8th grade is what the EPA asks of texts for everybody, and one grade of slack
GRADE_WARNING: Final = 12  # W-05: harder than a school-leaver reads at ease
GRADE_WORDS_LEAST: Final = 100  # choice: a grade of a few sentences is chance
SENTENCE_WORDS_MOST: Final = 30  # W-06: plain-language practice
SENTENCE_MEAN_WORDS_MOST: Final = 20  # W-06
PARAGRAPH_WORDS_MOST: Final = 120  # W-06: more fills a phone
SECTION_WORDS_MOST: Final = 300  # W-06: words without a subheading
PASSIVE_PERCENT_MOST: Final = 20  # choice: twice what writing tools of the trade allow; health texts need some
PASSIVE_SENTENCES_LEAST: Final = 4  # choice: as PAIR_REPEATS_LEAST
SAME_STARTS_MOST: Final = 3  # choice: three in a row may be a figure of speech
INTRODUCTION_WORDS: Final = 100  # choice: where a reader decides to stay
HEADINGS_WITH_KEYWORD_PERCENT: Final = 75  # choice: more looks written for a machine
HEADINGS_JUDGED_LEAST: Final = 4  # choice: a share of fewer is chance
LINKS_LEAST: Final = 2  # choice (W-08): links in the text to pages of the site
LINKS_PER_1000_WORDS_MOST: Final = 8  # choice (W-08): and 8 in a shorter text
OUTWARD_LINKS_PER_1000_WORDS_MOST: Final = 20  # choice: one in fifty words; more is a list of links

ARTICLE_WORDS_LEAST: Final = 300  # choice (P-01, P-04): a floor against empty pages, not a goal
AREA_WORDS_LEAST: Final = 300  # choice (P-07): own words of an area page
AREA_FACTS_LEAST: Final = 5  # choice (P-07): filled fact slots of an area page
CITIES_MOST: Final = 5  # choice (W-13): more places than that and an article is about none
SOURCES_LEAST: Final = 2  # choice (V-11): health articles cite what they say
LINKS_IN_LEAST: Final = 2  # choice (P-07): a local page that texts lead to

TEXT_LINKS_MOST: Final = 8  # choice (W-08): links to other pages in one text, the writer's included
TEXT_LINK_WORDS: Final = 100  # choice: so many words of a text for each link in it
WORDS_BETWEEN_LINKS: Final = 15  # choice (W-09): a sentence's length; links in a row are hard to hit with a thumb
ANCHOR_USES_MOST: Final = 3  # choice (W-09): of one wording to one page, unless other wordings are as many
LINK_PHRASE_RARITY_LEAST: Final = 25  # choice: two words of which a reader knows what is meant; english.rarity
CLICKS_MOST: Final = 3  # contract: from home to any page

RELATED_MOST: Final = 4  # contract: related articles under an article
TOPIC_ARTICLES_LEAST: Final = 3  # choice (P-06): fewer make a thin page
AREA_ARTICLES_MOST: Final = 12  # choice: a local page is a page, not an archive
LATEST_ON_HOME: Final = 3  # choice
LINKS_IN_A_GROUP_MOST: Final = 25  # choice: the search page lists as many of a subject, whose page has them all
ARTICLES_ON_A_PAGE: Final = 10  # choice: one blog page on a phone is a few screens
SEARCH_INDEX_PAGES_MOST: Final = 512  # choice: an edit of one page makes one such index anew, in about a second
FEED_ENTRIES_MOST: Final = 20  # choice: full content, so a feed stays under 1 MB

CONTRAST_LEAST: Final = 4.5  # WCAG 2.2, 1.4.3: text against what it stands on

CARD_WIDTH_PX: Final = 1200  # Facebook: the size that is advised for a share card; the others take it too
CARD_HEIGHT_PX: Final = 630
OG_IMAGE_WIDTH_LEAST_PX: Final = 600  # Facebook: smaller pictures make a thumbnail, not a card
OG_IMAGE_HEIGHT_LEAST_PX: Final = 315

# Where pictures stand, as the theme lays them out (theme/css/tokens.css, card.css, hero.css, profile.css); a browser
# test holds them against what is fetched.
# Of the three pixels that a phone has to one of CSS the eye makes out two and a half: asking for less spares the phone
# the file of a desk, which has more than twice the bytes.
PICTURE_COLUMN: Final = "(max-width:30em) 75vw,min(53rem,92vw)"
PICTURE_COLUMN_PX: Final = 848  # 53rem
PICTURE_COLUMN_LEAST_PX: Final = 680  # narrower files than that no phone of today asks for
# On the home page it fills a window of 33rem, or the screen, and is cut to 4:3.
PICTURE_HERO: Final = "(max-width:30em) and (min-resolution:2.5x) 75vw,(min-width:62em) 40rem,110vw"
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

SITEMAP_ADDRESSES_MOST: Final = 50_000  # sitemaps.org
SITEMAP_LARGEST_BYTES: Final = 50 * 1024 * 1024  # sitemaps.org
ROBOTS_LARGEST_BYTES: Final = 500 * 1024  # RFC 9309, 2.5: what every crawler reads
HTML_LARGEST_BYTES: Final = 2_000_000  # E-35: Googlebot reads no more
STYLE_LARGEST_BYTES: Final = 50_000  # choice (W-17), not compressed
SCRIPT_LARGEST_BYTES: Final = 30_000  # choice (W-17), not compressed
PAGE_LARGEST_BYTES: Final = 500_000  # choice (W-17): what loads before one scrolls; about 3 s on a slow phone
PICTURE_LARGEST_BYTES: Final = 200_000  # choice (W-16)
ICON_SIDE_LEAST_PX: Final = 48  # Google: a square of 48 px or more (H-09)
CLICKS_ERROR: Final = 5  # choice (W-10)
ADDRESS_LONGEST_CHARS: Final = 75  # choice: Rank Math's
CHANGED_TODAY_SHARE: Final = 0.5  # choice (E-13): more say that somebody touched everything
CHANGED_TODAY_PAGES: Final = 10  # choice: of a few articles all may be new
HELPLINE_CHECKED_DAYS: Final = 180  # choice (E-28)
SOURCE_CHECKED_DAYS: Final = 180  # choice (W-20)
SOURCE_NEWEST_YEARS: Final = 5  # choice (W-11)
# What `move-in` takes for pasted; choices, tried on made-up exports.
MOVED_REPEATS_LEAST: Final = 3  # posts that share a paragraph before it counts as pasted
MOVED_ALIKE_LEAST: Final = 0.6  # share of a paragraph's runs of words, or of a block's phrases, that must fit
MOVED_WORDS_LEAST: Final = 8  # shorter repetitions are turns of phrase
MOVED_AMONG_LAST: Final = 6  # blocks at the end of a text in which a pasted paragraph is looked for by its looks
MOVED_PLACES_LEAST: Final = 4  # towns in one sentence that make it a list of the service area
MOVED_PHRASES_LEAST: Final = 3  # "keyword town" phrases that make a block of them
MOVED_PHRASE_WORDS_MOST: Final = 8  # of one such phrase; a longer one is a sentence
MOVED_SUFFIX_WORDS_MOST: Final = 9  # of the fixed end of a title
MOVED_CALL_WORDS_MOST: Final = 90  # of a paragraph that asks for a call; a longer one says more than that
MOVED_CALL_TITLE_CHARS_MOST: Final = 70  # of its first sentence, to head the offer
MOVED_PICTURE_LARGEST_BYTES: Final = 40_000_000  # a photograph of a good camera; what is larger is no picture
MOVED_EXPORT_LARGEST_BYTES: Final = 500_000_000  # a thousand posts have 13 MB

# What a search result has room for, in CSS pixels of Arial. No engine publishes it; as results look today.
RESULT_TITLE_SIZE_PX: Final = 20
RESULT_TEXT_SIZE_PX: Final = 14
RESULT_DESK_PX: Final = 600  # one line of title, two of text
RESULT_PHONE_PX: Final = 328  # a phone of 360 px less its margins: two lines of title, three of text

REVIEW_DAYS_MOST: Final = 365  # choice: what a text on health says is looked at once a year

# What demand is worth a look, in numbers of one Search Console export. Choices.
DEMAND_NEAR_FIRST: Final = 5  # from this place on the list of results to the next, a better page gains most
DEMAND_NEAR_LAST: Final = 20
DEMAND_IMPRESSIONS_LEAST: Final = 50  # fewer is chance
DEMAND_CTR_SHARE: Final = 0.5  # half of the clicks that results in this position get
DEMAND_MISSED_CLICKS_LEAST: Final = 5
EXPORT_LARGEST_BYTES: Final = 20_000_000  # an export has 1,000 rows a table; 20 MB is a hundred times as much
EXPORT_FILES_MOST: Final = 50
