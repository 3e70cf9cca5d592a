"""The key file: the one secret of an installation that is not in its databases.

It holds three random keys. `pages` encrypts every page of the embedded databases (the stolen disk),
`node` opens the keyring (SECURITY §3.4: the node is one holder among others), `web` signs cookies.
Nothing in this module knows Django: settings are made from it.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from mafaka.common.home import home

FORMAT = 1


class KeyProblem(Exception):
    """The keys cannot be used: the message says why and what to do, and nothing starts."""


@dataclass(frozen=True)
class Keys:
    """The keys of this installation, 32 bytes each; `salt` (16 bytes) goes with `pages` (SQLCipher)."""

    pages: bytes
    salt: bytes
    node: bytes
    web: bytes


def path() -> Path:
    """Return where the key file of this installation stands."""
    return home() / "keys" / "mafaka.key"


def create(*, over_data: bool = False) -> Keys:
    """Draw new keys and write them, readable by their owner alone.

    Raises:
        KeyProblem: a key file is there already, or data are there that the new keys could not open.
    """
    target = path()
    if target.exists():
        raise KeyProblem(f"Un fichier de clés existe déjà : {target}. Il n’a pas été remplacé.")
    if not over_data and any(home().glob("*.db")):
        raise KeyProblem(
            f"Le fichier de clés {target} manque, alors que des données existent dans {home()}. "
            "Remettez la clé à sa place ; une nouvelle clé ne pourrait pas les ouvrir."
        )
    keys = Keys(*(secrets.token_bytes(size) for size in (32, 16, 32, 32)))
    write(keys)
    return keys


def next_path() -> Path:
    """Return where new keys wait while a rotation hands the keyring over to them."""
    return path().with_suffix(".next")


def promote() -> None:
    """Make the waiting keys the keys of this installation."""
    next_path().replace(path())


def write(keys: Keys, *, target: Path | None = None) -> None:
    """Write a key file in one move: after a power cut there is the old file or the new one, whole."""
    target = target or path()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o700)
    fresh = target.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        texts = {
            name: base64.b64encode(getattr(keys, name)).decode() for name in ("pages", "salt", "node", "web")
        }
        json.dump({"format": FORMAT, **texts}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def load(source: Path | None = None) -> Keys:
    """Read the keys of this installation, or those that wait at `source`.

    Raises:
        KeyProblem: the file is missing, readable by others, or damaged.
    """
    target = source or path()
    if not target.exists():
        raise KeyProblem(
            f"Le fichier de clés {target} manque. Lancez « mafaka init » pour une nouvelle installation, "
            "ou remettez la clé à sa place."
        )
    if os.name == "posix" and stat.S_IMODE(target.stat().st_mode) & 0o077:
        raise KeyProblem(
            f"Le fichier de clés {target} est lisible par d’autres que son propriétaire. "
            f"Lancez : chmod 600 {target}"
        )
    try:
        texts = json.loads(target.read_text())
        keys = Keys(
            *(base64.b64decode(texts[name], validate=True) for name in ("pages", "salt", "node", "web"))
        )
    except (ValueError, KeyError, TypeError) as error:
        raise KeyProblem(f"Le fichier de clés {target} est abîmé. Remettez-en une copie intacte.") from error
    if [len(keys.pages), len(keys.salt), len(keys.node), len(keys.web)] != [32, 16, 32, 32]:
        raise KeyProblem(f"Le fichier de clés {target} est incomplet. Remettez-en une copie intacte.")
    return keys
