"""A passkey as a browser hands it over when it is made."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

USED_AND_SEEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def passkey() -> dict[str, Any]:
    """Without an attestation, for the host of tests."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(Aaguid(b"\0" * 16), b"laptop", public)
    about = AuthenticatorData.create(sha256(b"testserver").digest(), USED_AND_SEEN, 0, bytes(made))
    response = {
        "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":"http://testserver"}'),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", about, {}))),
    }
    identity = websafe_encode(b"laptop")
    return {
        "id": identity, "rawId": identity, "type": "public-key", "response": response, "clientExtensionResults": {},
    }  # fmt: skip
