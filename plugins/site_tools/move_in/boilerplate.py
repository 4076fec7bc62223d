"""Paragraphs that were pasted under every post, found by what repeats and by what they look like, turned into data.

Four steps: a paragraph that asks for a call becomes a call to action; the sentence that lists towns becomes
``cities``; the block of "keyword town" phrases becomes ``keywords`` and ``cities``; the fixed end of all titles becomes
a suffix of ``[titles]``. Everything else stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from local_seo import limits, shingles, urls
from local_seo.checks.opening_hours import contradictions, states_hours
from local_seo.text import capitalised, fold, squeeze, topic_key, words

from ..start import STATES
from .markdown import prose
from .model import Removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from local_seo.model.practice import Facts, Service

    from .markdown import Block
    from .model import Step

STEPS: Final[tuple[Step, ...]] = ("calls", "places", "phrases", "titles")
_PHONE: Final = re.compile(r"(?<![\w.])\+?1?[\s.\-]?\(?\d{3}\)?[\s.\-–]{0,2}\d{3}[\s.\-–]{0,2}\d{4}(?!\w)")
# The number with the small words that only led to it: "at (760) 555-0142", "by phone: ...".
_PHONE_WITH_LEAD: Final = re.compile(
    rf"(?:\s*(?:[,:(–—-]|\b(?:at|on|under|by phone(?: at)?|phone|tel\.?)\b))*\s*{_PHONE.pattern}\)?", re.IGNORECASE
)
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ASKS: Final = re.compile(
    r"\b(?:call|text|phone|contact|reach out|get in touch|schedule|book|e-?mail|write|set up|request"
    r"|make an appointment|consult(?:ation)?)\b",
    re.IGNORECASE,
)
_ASKS_AT_ONCE: Final = re.compile(
    r"(?:^|[.!?:,]\s+|\b(?:please|to|can|today and|you can|just|or|and)\s+)"
    r"(?:call|text|phone|contact|reach out|get in touch|schedule|book|e-?mail|request)\b",
    re.IGNORECASE,
)
_BOOKS: Final = re.compile(r"\b(?:book|schedule|appointment|consult)", re.IGNORECASE)
_SERVES: Final = re.compile(
    r"\b(?:serv(?:e|es|ing|ice area)|work(?:s|ing)? with|see(?:s|ing)?|help(?:s|ing)?|support(?:s|ing)?"
    r"|offer(?:s|ing|ed)?|provid(?:e|es|ing|ed)|available|located|welcom(?:e|es|ing)|practice[sd]?|based|clients|families|people|residents"
    r"|including|throughout|across)\b",
    re.IGNORECASE,
)
_TRADES: Final = frozenset(
    "therapist therapists therapy counselor counselors counsellor counsellors counseling counselling psychologist "
    "psychologists psychotherapist psychotherapy coach coaching clinic doctor doctors treatment specialist specialists "
    "help support care doula midwife psychiatrist acupuncture acupuncturist chiropractor nutritionist dietitian".split()
)
_NAME: Final = r"(?:[A-ZÀ-Þ][\w’'.\-]*)(?:\s+(?:(?:of|the|de|del|la|los|las)\s+)?[A-ZÀ-Þ][\w’'.\-]*){0,3}"
_LIST_OF_NAMES: Final = re.compile(
    rf"{_NAME}(?:\s*,\s*(?:and\s+|&\s+)?{_NAME}){{2,}}(?:\s*,?\s*(?:and|&|or)\s+{_NAME})?"
)
_BETWEEN: Final = re.compile(r"\s*(?:,|\||•|·|;|/|\n|\s[–—-]\s)\s*")
_SEPARATOR: Final = re.compile(r"\s+[–—·•»-]\s+|\s*\|\s*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"])")
_LED_TO_PLACE: Final = re.compile(r"[\s,]*(?:\b(?:in|near|for|around|serving|at))?[\s,]*\Z", re.IGNORECASE)
_STATE: Final = re.compile(rf"^[\s,]*(?:{'|'.join([*STATES, *STATES.values()])})\b")
_NOT_PLACES: Final = frozenset(
    "and or the my our your all other monday tuesday wednesday thursday friday saturday sunday english spanish "
    "therapy counseling telehealth online".split()
) | {fold(name) for pair in STATES.items() for name in pair}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What the search looks at. A page that is no post keeps all but its title's suffix."""

    title: str
    blocks: tuple[Block, ...]
    is_post: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to action that was found. ``href``: ``tel:``, ``booking:``, ``mailto:`` or an address."""

    id: str
    title: str
    text: str
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one post says once the paragraphs are data."""

    title: str
    blocks: tuple[Block, ...]
    cities: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    service: str = ""
    call: str = ""
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """All that was found.

    Attributes:
        posts: in the order of the input.
        calls: calls to action, the most frequent first.
        places: names of places that practice.toml does not know, the most frequent first.
        services: trades that it does not know, likewise.
        suffixes: ends of titles, as ``[titles]`` wants them.
        repeated: what repeats and was left in the text, with the number of posts.
    """

    posts: tuple[Found, ...]
    calls: tuple[Call, ...] = ()
    places: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    repeated: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Work:
    """One post while it is looked at."""

    title: str
    blocks: list[Block]
    cities: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    def take(self, block: Block, step: Step, became: str, *, text: str = "", instead: Block | None = None) -> None:
        """Take a block, or ``text`` of it, out of the post; ``instead``: what is left of it."""
        at = next(index for index, each in enumerate(self.blocks) if each is block)
        self.blocks[at : at + 1] = [instead] if instead else []
        self.removed.append(Removed(step=step, text=text or block.text, became=became))

    def drop_bare_headings(self) -> None:
        """Take out the headings at the end that nothing stands under any more."""
        while self.blocks and self.blocks[-1].kind == "heading":
            self.take(self.blocks[-1], self.removed[-1].step, "nothing: it headed what is data now")


def find(posts: Sequence[Post], facts: Facts, keep: frozenset[Step] = frozenset()) -> Boilerplate:
    """Return the posts without what was pasted under them, and the data that it became.

    Args:
        posts: in any order.
        facts: the places and services that are known.
        keep: steps to leave out.
    """
    return _Search(posts, facts, keep).run()


class _Search:
    def __init__(self, posts: Sequence[Post], facts: Facts, keep: frozenset[Step]) -> None:
        self._facts = facts
        self._keep = keep
        self._posts = [_Work(title=post.title, blocks=list(post.blocks)) for post in posts]
        self._articles = [work for work, post in zip(self._posts, posts, strict=True) if post.is_post]
        self._places: Counter[str] = Counter()
        self._trades: Counter[str] = Counter()
        names = [name for place in facts.places for name in (place.name, *place.aliases)]
        # "Coachella Valley" is not Coachella.
        area = re.sub(r"^the ", "", facts.service_area.name, flags=re.IGNORECASE)
        spellings = sorted({area, *names}, key=lambda name: (-len(name), name))
        alternatives = "|".join(r"\s+".join(map(re.escape, name.split())) for name in spellings if name.split())
        self._spelt = re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])", re.IGNORECASE)
        self._mask = shingles.Mask(fold(name) for name in spellings)

    def run(self) -> Boilerplate:
        """Take the steps in order."""
        suffixes = () if "titles" in self._keep else self._titles()
        common = self._common()
        if "phrases" not in self._keep:
            self._phrases()
        if "places" not in self._keep:
            self._sentences(common)
        calls = () if "calls" in self._keep else self._calls(common)
        return Boilerplate(
            posts=tuple(self._found(work, calls) for work in self._posts),
            calls=calls,
            places=tuple(name for name, _ in self._places.most_common()),
            services=tuple(name for name, _ in self._trades.most_common()),
            suffixes=suffixes,
            repeated=self._repeated(common),
        )

    def _mentions(self, text: str) -> list[tuple[re.Match[str], str]]:
        """Return where a text names known places, with their own names."""
        found = ((match, self._facts.place(squeeze(match.group()))) for match in self._spelt.finditer(text))
        return [(match, place.name) for match, place in found if place]

    # --- what repeats ---

    def _common(self) -> dict[int, frozenset[int]]:
        """Return, by a block's id, the runs of words that stand in several articles, of blocks made of such runs."""
        sets: dict[int, frozenset[int]] = {}
        holders: dict[int, int] = defaultdict(int)
        for work in self._articles:
            own: set[int] = set()
            for block in work.blocks:
                sets[id(block)] = self._runs(block)
                own |= sets[id(block)]
            for run in own:
                holders[run] += 1
        common: dict[int, frozenset[int]] = {}
        for key, found in sets.items():
            shared = frozenset(run for run in found if holders[run] >= limits.MOVED_REPEATS_LEAST)
            if found and len(shared) >= limits.MOVED_ALIKE_LEAST * len(found):
                common[key] = shared
        return common

    def _runs(self, block: Block) -> frozenset[int]:
        """Return the runs of a block's words, places masked; of fewer words than a run has, all of them as one."""
        found = self._mask.words(fold(block.text))
        return shingles.shingles(found) or (frozenset({hash(tuple(found))}) if found else frozenset())

    def _repeated(self, common: dict[int, frozenset[int]]) -> tuple[tuple[str, int], ...]:
        """Return what is left in the texts although it repeats, the most frequent first."""
        groups: list[tuple[frozenset[int], str, set[int]]] = []
        for index, work in enumerate(self._articles):
            for block in work.blocks:
                shared = common.get(id(block))
                if not shared or len(words(block.text)) < limits.MOVED_WORDS_LEAST or block.kind == "heading":
                    continue
                for leader, _, members in groups:
                    if _overlap(leader, shared) >= limits.MOVED_ALIKE_LEAST:
                        members.add(index)
                        break
                else:
                    groups.append((shared, block.text, {index}))
        told = [(text, len(members)) for _, text, members in groups if len(members) >= limits.MOVED_REPEATS_LEAST]
        return tuple(sorted(told, key=lambda each: -each[1]))

    # --- titles ---

    def _titles(self) -> tuple[str, ...]:
        ends: Counter[str] = Counter()
        for work in self._posts:
            ends.update({fold(end) for _, end in _ends(work.title)})
        least = max(limits.MOVED_REPEATS_LEAST, len(self._posts) // 2)
        fixed = {end for end, count in ends.items() if count >= least}
        proposed: Counter[str] = Counter()
        for work in self._posts:
            for start, end in _ends(work.title):
                if fold(end) in fixed or self._is_suffix(end):
                    suffix = self._template(end)
                    proposed[suffix] += 1
                    work.removed.append(Removed(step="titles", text=end, became=f'the title suffix "{suffix}"'))
                    work.title = start
                    break
        return tuple(suffix for suffix, _ in proposed.most_common())

    def _is_suffix(self, end: str) -> bool:
        """Return whether the end of a single title looks pasted: a trade and a known place, or the practice."""
        folded = fold(end)
        if folded == fold(self._facts.practice.name):
            return True
        has_trade = any(word in _TRADES for word in words(folded))
        return has_trade and bool(self._mentions(end)) and len(words(end)) <= limits.MOVED_SUFFIX_WORDS_MOST

    def _template(self, end: str) -> str:
        """Return the end of a title with its facts as fields."""
        text = re.sub(r"[{}]", "", end)
        text = re.sub(re.escape(self._facts.practice.name), "{practice}", text, flags=re.IGNORECASE)
        for match, _ in self._mentions(text)[:1]:
            text = f"{text[: match.start()]}{{city}}{text[match.end() :]}"
        lead = self._facts.lead
        roles = [service.role for service in self._facts.services] + ([lead.title] if lead else [])
        spellings = {*roles, *(role.split()[-1] for role in roles if role.split())}
        for role in sorted(spellings, key=lambda role: (-len(role), role)):
            text, count = re.subn(rf"(?<!\w){re.escape(role)}(?!\w)", _role_field, text, count=1, flags=re.IGNORECASE)
            if count:
                break
        return text.strip()

    # --- the block of phrases ---

    def _phrases(self) -> None:
        for work in self._articles:
            for block in list(work.blocks):
                if block.kind in {"paragraph", "list", "other"}:
                    self._phrase_block(work, block)

    def _phrase_block(self, work: _Work, block: Block) -> None:
        parts = [part for line in block.lines for part in _BETWEEN.split(line) if part.strip(" .")]
        if len(parts) < limits.MOVED_PHRASES_LEAST:
            parts = self._run_together(block.text)
        pairs = [pair for part in parts if (pair := self._pair(part))]
        if len(pairs) < max(limits.MOVED_PHRASES_LEAST, limits.MOVED_ALIKE_LEAST * len(parts)):
            return
        keywords = tuple(dict.fromkeys(keyword for keyword, _ in pairs))
        cities = list(dict.fromkeys(place for _, place in pairs))
        others = [part for part in parts if self._pair(part) is None]
        strange = {part: name for part in others if (name := self._strange(part, keywords))}
        bare = [part.strip(" .") for part in others if part not in strange]
        if any(len(words(part)) > limits.MOVED_PHRASE_WORDS_MOST for part in bare):
            return
        self._places.update(strange.values())
        cities += strange.values()
        work.cities += cities
        work.keywords += [*keywords, *(part.lower() for part in bare if words(part))]
        work.take(block, "phrases", f"keywords ({', '.join(keywords)}) and cities ({', '.join(cities)})")
        work.drop_bare_headings()

    def _run_together(self, text: str) -> list[str]:
        """Return the phrases of a block without separators: each ends with a known place."""
        parts, at = [], 0
        for match, _ in self._mentions(text):
            parts.append(text[at : match.end()].strip(" .,|"))
            at = match.end()
        rest = text[at:].strip(" .,|")
        return [*parts, rest] if rest else parts

    def _pair(self, part: str) -> tuple[str, str] | None:
        """Return keyword and place of a phrase such as "postpartum therapist in Indio"; None when it is none."""
        part = squeeze(part).strip(" .")
        found = self._mentions(part)
        if len(found) != 1 or len(words(part)) > limits.MOVED_PHRASE_WORDS_MOST:
            return None
        ((match, place),) = found
        before = _LED_TO_PLACE.sub("", part[: match.start()])
        after = _STATE.sub("", part[match.end() :])
        keyword = squeeze(f"{before} {after}")
        if not _has_trade(keyword) and self._service(keyword) is None:
            return None
        return keyword.lower(), place

    def _strange(self, part: str, keywords: Iterable[str]) -> str:
        """Return the unknown place of a phrase that begins or ends with a known keyword; empty when there is none."""
        if self._mentions(part):
            return ""
        part = part.strip(" .,")
        for keyword in sorted(keywords, key=lambda keyword: (-len(keyword), keyword)):
            sought = re.escape(keyword)
            rest = re.sub(rf"(?i)^\s*{sought}\s+(?:in\s+|near\s+)?|\s+{sought}\s*$", "", part).strip(" .,")
            if rest != part and re.fullmatch(_NAME, rest):
                return rest
        return ""

    # --- the sentence with the places ---

    def _sentences(self, common: dict[int, frozenset[int]]) -> None:
        for work in self._articles:
            last = len(work.blocks) - limits.MOVED_AMONG_LAST
            for at, block in enumerate(list(work.blocks)):
                if block.kind not in {"paragraph", "other"} or not (id(block) in common or at >= last):
                    continue
                pieces = _SENTENCE_END.split(block.text)
                listing = [piece for piece in pieces if self._lists_places(piece)]
                rest = " ".join(piece for piece in pieces if piece not in listing)
                # What stands beside the list stays; with links or emphasis in it, the paragraph stays whole.
                if not listing or (rest and block.markdown != prose(block.text).markdown):
                    continue
                cities = list(dict.fromkeys(name for piece in listing for name in self._named(piece)))
                work.cities += cities
                left = prose(rest) if rest else None
                if left and id(block) in common:
                    common[id(left)] = common[id(block)]
                text = " ".join(listing)
                work.take(block, "places", f"cities ({', '.join(cities)})", text=text, instead=left)
                work.drop_bare_headings()

    def _lists_places(self, sentence: str) -> bool:
        known = {name for _, name in self._mentions(sentence)}
        listed = _LIST_OF_NAMES.search(sentence)
        names = _listed(listed.group()) if listed else []
        return bool(_SERVES.search(sentence)) and (
            len(known) >= limits.MOVED_PLACES_LEAST or (bool(known) and len(names) > limits.MOVED_PLACES_LEAST)
        )

    def _named(self, sentence: str) -> list[str]:
        """Return the places of a sentence: known ones by their own name, unknown ones as they stand there."""
        found = [(match.start(), name) for match, name in self._mentions(sentence)]
        for match in _LIST_OF_NAMES.finditer(sentence):
            if not self._mentions(match.group()):
                continue
            for name in _listed(match.group()):
                if not self._spelt.search(name):
                    self._places[name] += 1
                    found.append((sentence.find(name, match.start()), name))
        return list(dict.fromkeys(name for _, name in sorted(found)))

    # --- calls ---

    def _calls(self, common: dict[int, frozenset[int]]) -> tuple[Call, ...]:
        groups: list[tuple[Block, frozenset[int], list[tuple[_Work, Block]]]] = []
        for work in self._articles:
            last = len(work.blocks) - limits.MOVED_AMONG_LAST
            for place, block in enumerate(work.blocks):
                repeats = id(block) in common
                if not (repeats or place >= last) or not self._asks(block, alone=not repeats):
                    continue
                runs = self._runs(block)
                for leader, leading, members in groups:
                    if block.text == leader.text or _overlap(leading, runs) >= limits.MOVED_ALIKE_LEAST:
                        members.append((work, block))
                        break
                else:
                    groups.append((block, runs, [(work, block)]))
        calls: list[Call] = []
        for leader, _, members in sorted(groups, key=lambda group: -len(group[2])):
            call_id = f"call-{len(calls) + 1}"
            headed = ""
            for work, block in members:
                heading = _heading_of(work.blocks, block)
                work.take(block, "calls", f"the call to action {call_id}")
                work.calls.append(len(calls))
                if heading:
                    headed = headed or heading.text
                    work.take(heading, "calls", f"the title of the call to action {call_id}")
                work.drop_bare_headings()
            calls.append(self._call(call_id, leader, headed))
        return tuple(calls)

    def _asks(self, block: Block, *, alone: bool) -> bool:
        """Return whether a paragraph asks the reader to call, write or book.

        ``alone``: nothing else in the export is like it, so it has to say more clearly what it is.
        """
        count = len(words(block.text))
        if block.kind not in {"paragraph", "other"} or not 0 < count <= limits.MOVED_CALL_WORDS_MOST:
            return False
        schemes = {urls.scheme_of(link) for link in block.links}
        number = bool(_PHONE.search(block.text)) or "tel" in schemes
        books = bool(block.links) and bool(_BOOKS.search(block.text))
        if alone:
            asks = bool(_ASKS_AT_ONCE.search(block.text))
            return asks and (number or ("mailto" in schemes and books)) and self._is_own(block)
        return bool(_ASKS.search(block.text)) and (number or "mailto" in schemes or books)

    def _is_own(self, block: Block) -> bool:
        """Return whether the number of a single paragraph is the practice's: other numbers are information."""
        numbers = [match.group() for match in _PHONE.finditer(block.text)]
        numbers += [link.partition(":")[2] for link in block.links if urls.scheme_of(link) == "tel"]
        return not numbers or self._facts.telephone in map(urls.telephone_digits, numbers)

    def _call(self, call_id: str, block: Block, headed: str) -> Call:
        """Return the offer that a paragraph makes; ``headed``: by which heading, if any."""
        # Hours and the number stand in practice.toml; typed here they would grow old.
        said = " ".join(part for part in _SENTENCE_END.split(block.text) if not states_hours(part)) or block.text
        text = re.sub(r"\s+([.,!?;:])", r"\1", squeeze(_PHONE_WITH_LEAD.sub("", said))).strip(" ,:;–—-")
        sentences = _SENTENCE_END.split(text)
        is_title = len(sentences) > 1 and len(sentences[0]) <= limits.MOVED_CALL_TITLE_CHARS_MOST and not headed
        title = headed or (sentences[0] if is_title else "")
        rest = " ".join(sentences[1:] if is_title else sentences)
        href, label = self._href(block)
        return Call(
            id=call_id,
            title=title.rstrip(".") or "Would you like to talk?",
            text=capitalised(rest) or "Call, and we will find out together what might help.",
            label=label,
            href=href,
        )

    def _href(self, block: Block) -> tuple[str, str]:
        """Return where an offer leads and what its button says."""
        lead, practice = self._facts.lead, self._facts.practice
        by_scheme = {urls.scheme_of(link): link for link in reversed(block.links)}
        if _PHONE.search(block.text) or "tel" in by_scheme:
            return "tel:", f"Call {lead.name.split()[0]}" if lead and len(self._facts.people) == 1 else "Call us"
        if web := by_scheme.get("https") or by_scheme.get("http"):
            return ("booking:" if web == practice.booking_url else web), "Book a time"
        written = by_scheme.get("mailto", "")
        return ("mailto:" if written == f"mailto:{practice.email}" else written or "tel:"), "Write to us"

    # --- what is left ---

    def _service(self, keyword: str) -> Service | None:
        key = topic_key(keyword)
        for service in self._facts.services:
            if key in {topic_key(each) for each in (service.name, service.role, *service.keywords)}:
                return service
        return None

    def _found(self, work: _Work, calls: tuple[Call, ...]) -> Found:
        keywords = list({topic_key(keyword): keyword for keyword in reversed(work.keywords)}.values())[::-1]
        services = Counter(service.slug for keyword in keywords if (service := self._service(keyword)))
        self._trades.update(k for k in keywords if self._service(k) is None and _has_trade(k))
        return Found(
            title=work.title,
            blocks=tuple(work.blocks),
            cities=tuple(dict.fromkeys(work.cities)),
            keywords=tuple(keywords),
            service=services.most_common(1)[0][0] if services else "",
            call=calls[min(work.calls)].id if work.calls else "",
            removed=tuple(work.removed),
        )


def differing(text: str, facts: Facts) -> Iterator[str]:
    """Yield in words which numbers, addresses and hours of a pasted text are not those of practice.toml."""
    known = {facts.telephone, *map(urls.telephone_digits, facts.compliance.phones)}
    known |= {urls.telephone_digits(number) for line in facts.helplines for number in (line.call, line.text) if number}
    for match in _PHONE.finditer(text):
        if urls.telephone_digits(match.group()) not in known:
            ours = urls.telephone_text(facts.practice.phone)
            yield f'"{squeeze(match.group())}" is nowhere in practice.toml; the practice has {ours}'
    for address in _EMAIL.findall(text):
        if address.lower() != (facts.practice.email or "").lower():
            yield f'"{address}" is nowhere in practice.toml; the practice has {facts.practice.email or "no e-mail"}'
    yield from contradictions(text, facts)


def _has_trade(phrase: str) -> bool:
    return any(word in _TRADES for word in words(fold(phrase)))


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return how much of the smaller set the larger one has, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _ends(title: str) -> Iterator[tuple[str, str]]:
    """Yield each (beginning, end) of a title that a separator parts, the longest end first."""
    for match in _SEPARATOR.finditer(title):
        start, end = title[: match.start()].strip(), title[match.end() :].strip()
        if start and end:
            yield start, end


def _listed(text: str) -> list[str]:
    """Return the names of an English list."""
    parts = re.split(r"\s*,\s*(?:(?:and|or)\s+|&\s+)?|\s+(?:and|or)\s+|\s*&\s*", text)
    names = (part.strip(" .") for part in parts)
    return [name for name in names if name and fold(name) not in _NOT_PLACES]


def _heading_of(blocks: Sequence[Block], block: Block) -> Block | None:
    """Return the heading under which a block stands alone, if there is one."""
    at = next(index for index, each in enumerate(blocks) if each is block)
    alone = at + 1 == len(blocks) or blocks[at + 1].kind == "heading"
    return blocks[at - 1] if at and alone and blocks[at - 1].kind == "heading" else None


def _role_field(match: re.Match[str]) -> str:
    return "{Role}" if match.group()[:1].isupper() else "{role}"
