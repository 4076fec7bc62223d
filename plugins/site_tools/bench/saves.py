"""How soon ``invoke serve`` shows what was saved."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from local_seo.request import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_SERVER: Final = "site_tools.bench.serve_once"
_SAVES: Final = 20
_PAUSE_S: Final = 2  # as somebody who saves often
_PATIENCE_S: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One server.

    Attributes:
        articles: of the site.
        first_s: from its start to the first page, with nothing kept from earlier.
        again_s: the same, with what the first server kept.
        median_ms, worst_ms: from a save to the page with the new words, over 20 saves while the site is built again.
    """

    articles: int
    first_s: float
    again_s: float
    median_ms: float
    worst_ms: float


def served(content: Path, names: Sequence[str], cache: Path, day: str, environment: Mapping[str, str]) -> Served:
    """Measure.

    Args:
        content: a content folder; its articles are changed.
        names: of the articles, without ``.md``; each is the last part of an address.
        cache: where the server may keep what it made; empty.
        day: of the build.
        environment: of the servers, beside ours.

    Raises:
        Refused: the server ended.
    """
    command = [sys.executable, "-m", _SERVER, str(content), str(cache), day]
    with _server(command, environment) as (_, first):
        pass
    with _server(command, environment) as (place, again):
        times = [_saved(place, content, names[number * 7 % len(names)], number) for number in range(_SAVES)]
    return Served(
        articles=len(names),
        first_s=round(first, 2),
        again_s=round(again, 2),
        median_ms=round(1000 * median(times)),
        worst_ms=round(1000 * max(times)),
    )


@contextlib.contextmanager
def _server(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """Yield host and port of a server that has shown its first page, and the seconds until then."""
    began = time.perf_counter()
    env = {**os.environ, **environment}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        line = next((line for line in process.stdout or () if line.startswith("http://")), "")
        if not line:
            raise Refused("the server that was to be measured ended")
        place = urlsplit(line.split()[0]).netloc
        _page(place, "/")
        yield place, time.perf_counter() - began
    finally:
        process.terminate()
        process.communicate()


def _saved(place: str, content: Path, name: str, number: int) -> float:
    """Return the seconds from a save of an article to its page with the new words, as an open page asks for it."""
    time.sleep(_PAUSE_S)
    url, words = f"/blog/{name}/", f"Measured{number}"  # one word: typography sets some words apart
    connection = http.client.HTTPConnection(place, timeout=_PATIENCE_S)
    with contextlib.closing(connection):
        connection.request("GET", f"/__preview/events?page={quote(url)}")
        told = connection.getresponse()
        path = content / "articles" / f"{name}.md"
        part = path.with_name(f".{path.name}")
        part.write_text(f"{path.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")
        seen = ""
        began = time.perf_counter()
        part.replace(path)
        while line := told.readline():
            if not line.startswith(b"data: "):
                continue
            version = json.loads(line.removeprefix(b"data: "))["version"]
            if version != seen and words.encode() in _page(place, url):
                return time.perf_counter() - began
            seen = version
    raise Refused("the server that was measured ended")


def _page(place: str, url: str) -> bytes:
    connection = http.client.HTTPConnection(place, timeout=_PATIENCE_S)
    with contextlib.closing(connection):
        connection.request("GET", url)
        return connection.getresponse().read()
