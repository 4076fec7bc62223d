"""Secrets stay out of messages, and out of practice.toml."""

from __future__ import annotations

import os
import re

from local_seo.request import WrongValue


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
