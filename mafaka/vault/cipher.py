"""The only cryptography of the house: sealing bytes so that they open in their own place alone.

Every box begins with an algorithm byte. The associated data bind it to its row: a ciphertext copied to
another row, column, compartment or person does not open (none of Django's field libraries does this:
SECURITY §3.2).
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AES_256_GCM = b"\x01"
HPKE_X25519 = b"\x02"
NONCE = 12
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class Tampered(Exception):
    """A box does not open here: it was altered, moved, or the key is another's. Nothing of it is shown."""


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Seal bytes with a 32-byte key, bound to `place` (table|row|compartment…)."""
    nonce = os.urandom(NONCE)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, box: bytes | memoryview, place: str) -> bytes:
    """Return what was sealed at this place.

    Raises:
        Tampered: it was altered, or belongs elsewhere.
    """
    box = bytes(box)
    if len(box) <= NONCE or box[:1] != AES_256_GCM:
        raise Tampered(place)
    try:
        return AESGCM(key).decrypt(box[1 : NONCE + 1], box[NONCE + 1 :], place.encode())
    except InvalidTag as error:
        raise Tampered(place) from error


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(256)


def new_pair() -> tuple[bytes, bytes]:
    """Return a new (private, public) pair for a holder that seals to, but does not keep, its secret."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, place: str) -> bytes:
    """Seal bytes to a public key (HPKE, RFC 9180): only the holder of the private half opens them."""
    box = _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info=place.encode())
    return HPKE_X25519 + box


def unseal_from(private: bytes, box: bytes | memoryview, place: str) -> bytes:
    """Return what was sealed to the public half of this key.

    Raises:
        Tampered: it was sealed to another key, altered, or belongs elsewhere.
    """
    box = bytes(box)
    if box[:1] != HPKE_X25519:
        raise Tampered(place)
    try:
        return _SUITE.decrypt(box[1:], X25519PrivateKey.from_private_bytes(private), info=place.encode())
    except (InvalidTag, ValueError) as error:
        raise Tampered(place) from error


def derive(key: bytes, label: str) -> bytes:
    """Return a 32-byte key derived from another for one named use (HKDF-SHA256)."""
    return HKDF(hashes.SHA256(), 32, None, label.encode()).derive(key)


def mark(key: bytes, label: str, text: str) -> str:
    """Return a keyed fingerprint of a text (hexadecimal): equal texts are recognised, nothing is revealed."""
    mac = HKDF(hashes.SHA256(), 32, text.encode(), label.encode())
    return mac.derive(key).hex()
