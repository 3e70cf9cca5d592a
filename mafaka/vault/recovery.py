"""Starting again when every copy of the key file is lost: the recovery box and the recovery key.

The box holds the page keys, sealed to the public half of the recovery key: it may stand beside any backup.
Nothing in this module knows Django: without the key file there are no settings.
"""

from __future__ import annotations

from pathlib import Path

from mafaka.common.home import home
from mafaka.vault import cipher, keyfile

PLACE = "pages"
PAGES = 32


def box() -> Path:
    """Return where the recovery box stands."""
    return home() / "recovery.box"


def write_box(public: bytes) -> None:
    """Seal the page keys to the recovery key (its public half)."""
    keys = keyfile.load()
    box().write_bytes(cipher.seal_to(public, keys.pages + keys.salt, PLACE))


def restore_keyfile(recovery_key: bytes) -> None:
    """Make the key file anew: the page keys out of the box, fresh node and web keys.

    `keyring.recover` then hands the compartments to the new node key.

    Raises:
        keyfile.KeyProblem: the box is missing, or another recovery key made it.
    """
    if not box().exists():
        raise keyfile.KeyProblem(f"Le fichier {box()} manque : reprenez-le dans une sauvegarde.")
    try:
        plain = cipher.unseal_from(recovery_key, box().read_bytes(), PLACE)
    except cipher.Tampered as error:
        raise keyfile.KeyProblem("Cette clé de secours n’est pas celle de cette installation.") from error
    keyfile.write(keyfile.Keys(plain[:PAGES], plain[PAGES:], cipher.new_key(), cipher.new_key()))
