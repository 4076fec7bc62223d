"""Rules of the field that no build can decide, each with the reason; ``docs/checks.md`` lists them.

A rule that is decided by a test of the engine instead of a check of a site says so.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Undecided(NamedTuple):
    """A rule in words, why no check decides it, and its ids."""

    rule: str
    reason: str
    ids: str


UNDECIDED: Final = (
    Undecided(
        "Text has enough contrast, tap targets are large enough, focus is seen and hidden by nothing.",
        "Only a browser knows colours, sizes and layers. The engine's tests ask a real one, for the theme's pages; a "
        "theme of one's own should be tried with axe.",
        "E-32",
    ),
    Undecided(
        "No text is hidden by style: white on white, off the screen, of size nothing.",
        "Style sheets decide it, so only a browser knows. What the HTML itself hides is found, and the security policy "
        "stops styles in the page.",
        "N-08",
    ),
    Undecided(
        "Nothing jumps while the page loads, and the page answers quickly.",
        "It is measured with real readers or in a browser. Sizes of pictures and weights of files, which cause most of "
        "it, are checked.",
        "W-17",
    ),
    Undecided(
        "Every address answers with status 200, headers are sent, redirects are done by the host.",
        "It depends on the host. `publish` asks the live site; what the build hands to the host is checked.",
        "F-04, F-05, F-09",
    ),
    Undecided(
        "The helplines answer, and the licence is active.",
        "Somebody has to call, and the board's register is not on this machine. `checked` dates remind of it.",
        "E-28",
    ),
    Undecided(
        "Links to other sites lead somewhere, and sources say what they are cited for.",
        "A build asks no other host. `checked` dates of sources remind of it.",
        "W-20",
    ),
    Undecided(
        "What is said of a place, a fee or a service is true.",
        "Only the practice knows. Facts of area pages name their source, and each source is shown.",
        "P-03, P-07, N-14",
    ),
    Undecided(
        "An article shows first-hand experience: an example, a view, a picture of one's own.",
        "No list of words tells it from phrases; a check would teach to write phrases.",
        "W-14",
    ),
    Undecided(
        "A picture shows what its alternative text says, and a model in a picture is called one.",
        "A program does not see who is in it, and whether the person is a client.",
        "E-22, W-15",
    ),
    Undecided(
        "No page is a translation by machine or the same words turned around.",
        "Near-copies are found; who wrote the words is not in them.",
        "N-10",
    ),
    Undecided(
        "There is one site, not one for each town, and nobody is sent elsewhere by the language of the browser.",
        "It is a matter of domains and of the host, and a build sees one site.",
        "N-09, N-16",
    ),
    Undecided(
        "No client is asked for a review or quoted with one.",
        "Whether a quotation is a client's cannot be told. Markup for reviews is refused.",
        "N-05",
    ),
    Undecided(
        "A word such as certified names the body that certifies.",
        "The name may stand in another sentence or on the profile; the writer has to look.",
        "E-27",
    ),
    Undecided(
        "Clinical terms are explained before they are used, and parents of every kind are meant.",
        "Which words a reader knows, and whom a page is for, depends on the page.",
        "W-07, W-19",
    ),
    Undecided(
        "Every type and property of the structured data is in the vocabulary, where it may stand.",
        "The vocabulary changes, and it is large. The engine's tests hold every kind of page against schema.org and "
        "the rules of Google; a site can only change the values.",
        "E-18",
    ),
    Undecided(
        "The address of the Business Profile carries its campaign parameters, and its areas are those of the site.",
        "The profile is not on this machine.",
        "W-21",
    ),
    Undecided(
        "Pages of a service in a place stay few.",
        "There are none: a service in a place is a part of the page of the place.",
        "P-05, P-10",
    ),
)
