"""Which target ``[publish]`` means, made ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from local_seo.request import WrongValue
from local_seo.text import quoted

from .deployers import Cloudflare, GitHubPages, Netlify
from .rclone import Rclone
from .redact import refuse_secrets
from .stores import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.model.practice import Publish

    from .deployers import Deployer
    from .stores import Store

# What `to` names, by target.
_MEANS: Final = {
    "folder": 'the folder that your web server serves, as in to = "../www"',
    "rclone": 'the remote of rclone, as in to = "r2:my-bucket"',
    "cloudflare": 'the name of the Pages project, as in to = "my-practice"',
    "netlify": 'the name or id of the site, as in to = "my-practice"',
    "github-pages": 'the repository, as in to = "git@github.com:me/my-site.git"',
}
_NO_TABLE: Final = (
    "practice.toml does not say where the site goes - add a table [publish] with target and to; "
    "docs/publishing.md has one for each host"
)
# Colleagues read a preview beside the site; these hosts have a place for it, the others need one to be named.
_PREVIEW: Final = {"cloudflare": "preview", "netlify": "preview"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the site goes; one of ``store`` and ``deployer`` is there."""

    kind: str
    store: Store | None = None
    deployer: Deployer | None = None

    @property
    def name(self) -> str:
        """Return what people call it."""
        return (self.store or self.deployer).name  # type: ignore[union-attr] # one of the two is there

    def close(self) -> None:
        """End what was begun for it."""
        if self.store:
            self.store.close()

    @property
    def wants_siblings(self) -> bool:
        """Return whether compressed forms are to lie beside the files."""
        return bool(self.store and self.store.serves_siblings)


def target(said: Publish | None, content: Path, live: str, *, preview: bool) -> Target:
    """Return the target.

    Args:
        said: ``[publish]``.
        content: the content folder; a folder that is not absolute begins there.
        live: the origin at which visitors reach the site.
        preview: whether the one for colleagues is meant.

    Raises:
        WrongValue: ``[publish]`` does not say enough.
        Refused: the tool that the target needs is not there, or does not know it.
    """
    if said is None:
        raise WrongValue(_NO_TABLE)
    kind = said.target
    if not said.to:
        raise WrongValue(f"[publish] has no `to` - name {_MEANS[kind]}")
    to = said.to
    if preview:
        where = said.preview or _PREVIEW.get(kind)
        if not where:
            means = _MEANS[kind].replace("to =", "preview =")
            raise WrongValue(f"[publish] has no `preview`, the place for colleagues - name {means}")
        if where == to:
            raise WrongValue(
                "`preview` and `to` under [publish] are the same place - the preview would replace the site"
            )
        if kind == "cloudflare":
            return Target(kind, deployer=Cloudflare(to, live, branch=where))
        if kind == "netlify":
            return Target(kind, deployer=Netlify(to, live, alias=where))
        to = where
    if kind == "folder":
        folder = (content / to).resolve()
        source = content.resolve()
        if folder == source or folder in source.parents or source in folder.parents:
            raise WrongValue(
                f"the folder {quoted(to)} of [publish] and the content lie in each other - name another folder"
            )
        return Target(kind, store=Folder(folder))
    if kind == "rclone":
        refuse_secrets(to)
        if ":" not in to or to.startswith("-"):
            raise WrongValue(f"`to` {quoted(to)} under [publish] is no remote of rclone - name {_MEANS[kind]}")
        return Target(kind, store=Rclone(to))
    if to.startswith("-"):
        raise WrongValue(f"`to` {quoted(to)} under [publish] begins with a hyphen - name {_MEANS[kind]}")
    if kind == "cloudflare":
        return Target(kind, deployer=Cloudflare(to, live))
    if kind == "netlify":
        return Target(kind, deployer=Netlify(to, live))
    return Target(kind, deployer=GitHubPages(to))
