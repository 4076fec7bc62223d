"""A practice's own content folder: its facts from answers, its pages with a place for every word to be written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from local_seo import urls
from local_seo.errors import SourceError
from local_seo.reader import facts_of
from local_seo.request import WrongValue
from local_seo.text import joined, quoted, slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STARTER = Path(__file__).with_name("starter")
# Postal codes of the states, for addresses; elsewhere the region is written as it is.
STATES = dict(
    pair.rsplit(" ", 1)
    for pair in (
        "Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|"
        "District of Columbia DC|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|Indiana IN|Iowa IA|Kansas KS|"
        "Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|Michigan MI|Minnesota MN|Mississippi MS|"
        "Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|New Jersey NJ|New Mexico NM|New York NY|"
        "North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|Rhode Island RI|"
        "South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|Utah UT|Vermont VT|Virginia VA|Washington WA|"
        "West Virginia WV|Wisconsin WI|Wyoming WY"
    ).split("|")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What ``start`` needs to know; the names are its flags. Empty is allowed where a default is given."""

    name: str
    url: str
    phone: str
    town: str
    state: str
    person: str
    credentials: str
    title: str
    service: str
    presence: str = "office"
    street: str = ""
    postal_code: str = ""
    email: str = ""
    license: str = ""
    board: str = ""
    board_url: str = ""
    timezone: str = ""


# What is asked, in order: flag, question, example. A flag that is not here is never asked for.
QUESTIONS = (
    ("name", "What is the practice called?", "Saltbush Family Therapy"),
    ("url", "At which address will the site be?", "https://www.example.org"),
    ("phone", "Which phone number may readers call?", "760-555-0142"),
    ("email", "Which e-mail address, if any?", "hello@example.org"),
    ("town", "In which town is it?", "Palm Desert"),
    ("state", "In which state?", "California"),
    ("presence", "office, service-area (you come to people) or telehealth?", "office"),
    ("service", "What does it offer first of all?", "Postpartum therapy"),
    ("person", "Who works there? One name, others can follow.", "Marisela Quintero"),
    ("credentials", "With which credential?", "LCSW"),
    ("title", "And which title, in plain words?", "Family therapist"),
    ("license", "Licence number, if there is one?", "LCSW 000000"),
)
_OPTIONAL = frozenset({"email", "license"})


def answers(flags: Mapping[str, str], ask: Callable[[str], str] | None) -> Answers:
    """Return the facts: from flags, else by asking, else the defaults. What cannot be used is asked for again.

    Raises:
        WrongValue: a flag cannot be used, or nobody can be asked and facts are missing; all of them are named.
    """
    given = {key: value for key, value in flags.items() if value}
    if wrong := [why for key, value in given.items() if (why := _refused(key, value))]:
        raise WrongValue("\n".join(wrong))
    needed = [f.name for f in fields(Answers) if isinstance(f.default, type(fields(Answers)[0].default))]
    if ask is None:
        missing = [f"--{key.replace('_', '-')}" for key in needed if key not in given]
        if missing:
            raise WrongValue(f"start needs {joined(missing)}, for example: invoke start DIR {_example(missing)}")
        return Answers(**given)
    for key, question, example in QUESTIONS:
        refused = ""
        while key not in given:
            asked = f"{question}  (such as {example}{', or nothing' if key in _OPTIONAL else ''})\n> "
            answer = ask(f"{refused}\n{asked}" if refused else asked).strip()
            refused = _refused(key, answer, told=False) if answer else ""
            if answer and not refused:
                given[key] = answer
            elif not answer and key not in needed:
                break
    return Answers(**given)


def start(folder: Path, said: Answers) -> None:
    """Write a content folder that builds; nothing that is there already is touched.

    Raises:
        WrongValue: the folder has files already.
        SourceError: an answer cannot be used; every reason at once, and nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongValue(f"{folder} has files already, and start overwrites nothing - choose another folder")
    existed = folder.exists()
    try:
        _write(folder, said)
    except BaseException:
        shutil.rmtree(folder)
        if existed:
            folder.mkdir()
        raise
    if git := shutil.which("git"):
        subprocess.run([git, "init", "--quiet", str(folder)], check=False)


def _write(folder: Path, said: Answers) -> None:
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    values = _values(said)
    for path in sorted(folder.rglob("*.template")):
        text = Template(path.read_text(encoding="utf-8")).substitute(values)
        target = path.with_suffix("")
        target = target.with_name(target.name.replace("SERVICE", values["service_slug"]))
        target = target.with_name(target.name.replace("PERSON", values["person_id"]))
        target.write_text(text, encoding="utf-8")
        path.unlink()
    facts_of(folder)


def _refused(key: str, value: str, *, told: bool = True) -> str:
    """Return why an answer cannot be used, "" when it can: it is tried among answers that can.

    Args:
        key: what was asked for.
        value: the answer.
        told: whether the flag is named.
    """
    said = {**{name: example for name, _, example in QUESTIONS}, key: value}
    with tempfile.TemporaryDirectory() as folder:
        try:
            _write(Path(folder), Answers(**said))
        except SourceError as failure:
            flag = f"--{key.replace('_', '-')}: " if told else ""
            whats = ((re.sub(r'^[\w.]+:? (?=")', "", each.message), each.remedy) for each in failure.findings)
            return "\n".join(flag + " - ".join(filter(None, what)) for what in whats)
        except WrongValue as failure:
            return str(failure)
    return ""


def _example(missing: list[str]) -> str:
    examples = {f"--{key.replace('_', '-')}": example for key, _, example in QUESTIONS}
    return " ".join(f"{flag} {json.dumps(examples[flag], ensure_ascii=False)}" for flag in missing)


def _values(said: Answers) -> dict[str, str]:
    """Return what the starter's files ask for: ``*_toml`` with quotes, ``*_in`` for the inside of quotes."""
    region = STATES.get(said.state, said.state)
    slug, person_id = slugify(said.service), slugify(said.person)
    for flag, found, made in (("service", said.service, slug), ("person", said.person, person_id)):
        if not made:
            raise WrongValue(f"--{flag} {quoted(found)} has no letter or digit to make an address of")
    address = {"street": said.street, "postal_code": said.postal_code} if said.presence == "office" else {}
    in_california = region == "CA"
    board = said.board or (
        "California Board of Behavioral Sciences" if in_california else f"{said.state} licensing board"
    )
    board_url = said.board_url or ("https://www.bbs.ca.gov/" if in_california else said.url)
    license_line = (
        f"license = {{ number = {_toml(said.license)}, board = {_toml(board)}, board_url = {_toml(board_url)}, "
        f"state = {_toml(said.state)} }}\n"
        if said.license
        else ""
    )
    plain = {
        "name": said.name,
        "url": said.url.rstrip("/"),
        "phone": said.phone,
        "town": said.town,
        "state": said.state,
        "region": region,
        "person": said.person,
        "credentials": said.credentials,
        "title": said.title,
        "service": said.service,
        "presence": said.presence,
        "timezone": said.timezone or _zone(),
        "role": said.title[:1].lower() + said.title[1:],
        "description": f"{said.service} in {said.town}, {said.state}, with {said.person}, {said.credentials}."
        " Call to ask what a first visit is like.",
        "tagline": f"{said.service} in {said.town}",
    }
    return {
        **plain,
        **{f"{key}_toml": _toml(value) for key, value in plain.items()},
        **{f"{key}_in": _toml(value)[1:-1] for key, value in plain.items()},
        "email_line": f"email = {_toml(said.email)}\n" if said.email else "",
        "address_lines": "".join(f"{key} = {_toml(value)}\n" for key, value in address.items() if value),
        "license_line": license_line,
        "compliance": "us-ca-bbs" if in_california and said.license else "none",
        "service_slug": slug,
        "person_id": person_id,
        "host": urls.host_of(said.url),
    }


def _toml(text: str) -> str:
    """Return a text as a TOML string; a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def _zone() -> str:
    """Return this machine's time zone by name, else that of the Pacific coast."""
    link = os.path.realpath("/etc/localtime")
    name = os.environ.get("TZ") or link.partition("zoneinfo/")[2]
    try:
        return ZoneInfo(name).key if name else "America/Los_Angeles"
    except (ValueError, LookupError, OSError):
        return "America/Los_Angeles"
