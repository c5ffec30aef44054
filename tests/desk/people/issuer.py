"""A company's sign-in: an OpenID provider by oauthlib, which answers by HTTP on loopback.

oauthlib holds to the protocol (redirect address, code once, PKCE, nonce); here is what it leaves to whoever runs it:
people, keys, and the ID token. `spoil` turns the claims of the next token into those of an attack.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from oauthlib.openid import RequestValidator, Server

Claims = dict[str, Any]
CLIENT, SECRET = "the-desk", "s3cret"
KEYS = {name: generate_private_key(65_537, 2_048) for name in ("ours", "stranger")}


class Issuer(RequestValidator):  # type: ignore[misc]
    """One person is signed in there; `asked` is what the desk asked for, word by word."""

    def __init__(self, address: str, callback: str, person: Claims) -> None:
        self.address, self.callback, self.person = address, callback, person
        self.spoil: Callable[[Claims], Claims] = lambda claims: claims
        self.discovery: Claims = {}
        self.key: RSAPrivateKey = KEYS["ours"]
        self.key_name: str | None = "ours"
        self.told_of: Claims = person
        self.codes: dict[str, Any] = {}
        self.tokens: set[str] = set()
        self.asked: list[Any] = []
        self.server = Server(self)

    def configuration(self) -> Claims:
        said = {
            "issuer": self.address, "jwks_uri": f"{self.address}/keys", "response_types_supported": ["code"],
            "authorization_endpoint": f"{self.address}/authorize", "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/me", "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip
        return {name: value for name, value in (said | self.discovery).items() if value is not None}

    def keys(self) -> Claims:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEYS["ours"].public_key()))
        return {"keys": [public | {"kid": "ours", "use": "sig", "alg": "RS256"}]}

    def validate_client_id(self, client_id: str, request: Any, *_: Any, **__: Any) -> bool:
        self.asked.append(request)
        return client_id == CLIENT

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, *_: Any, **__: Any) -> bool:
        return redirect_uri == self.callback

    def confirm_redirect_uri(self, client_id: str, code: str, redirect_uri: str, *_: Any, **__: Any) -> bool:
        return redirect_uri == self.codes[code].redirect_uri

    def validate_scopes(self, client_id: str, scopes: list[str], *_: Any, **__: Any) -> bool:
        return set(scopes) <= {"openid", "profile", "email"}

    def validate_response_type(self, client_id: str, response_type: str, *_: Any, **__: Any) -> bool:
        return response_type == "code"

    def validate_grant_type(self, client_id: str, grant_type: str, *_: Any, **__: Any) -> bool:
        return grant_type == "authorization_code"

    def validate_user_match(self, id_token_hint: str, scopes: list[str], *_: Any, **__: Any) -> bool:
        return True

    def save_authorization_code(self, client_id: str, code: dict[str, str], request: Any, *_: Any, **__: Any) -> None:
        self.codes[code["code"]] = request

    def client_authentication_required(self, request: Any, *_: Any, **__: Any) -> bool:
        return True

    def authenticate_client(self, request: Any, *_: Any, **__: Any) -> bool:
        request.client = type("Client", (), {"client_id": CLIENT})()
        return (request.client_id, request.client_secret) == (CLIENT, SECRET)

    def validate_code(self, client_id: str, code: str, client: Any, request: Any, *_: Any, **__: Any) -> bool:
        first = self.codes.get(code)
        if first is not None:
            request.user, request.scopes = self.person["sub"], first.scopes
        return first is not None

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        return True

    def get_code_challenge(self, code: str, request: Any) -> str:
        return str(self.codes[code].code_challenge)

    def get_code_challenge_method(self, code: str, request: Any) -> str:
        return str(self.codes[code].code_challenge_method)

    def get_authorization_code_scopes(self, client_id: str, code: str, *_: Any, **__: Any) -> list[str]:
        return list(self.codes[code].scopes)

    def get_authorization_code_nonce(self, client_id: str, code: str, *_: Any, **__: Any) -> str | None:
        nonce: str | None = self.codes[code].nonce
        return nonce

    def invalidate_authorization_code(self, client_id: str, code: str, *_: Any, **__: Any) -> None:
        del self.codes[code]

    def save_bearer_token(self, token: dict[str, str], request: Any, *_: Any, **__: Any) -> None:
        self.tokens.add(token["access_token"])

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        return token in self.tokens

    def get_userinfo_claims(self, request: Any) -> Claims:
        return self.told_of

    def finalize_id_token(self, id_token: Claims, token: Any, token_handler: Any, request: Any) -> str:
        now = int(time.time())
        claims = {**self.person, **id_token, "iss": self.address, "iat": now, "exp": now + 300}
        headers = {"kid": self.key_name} if self.key_name else {}
        return jwt.encode(self.spoil(claims), self.key, "RS256", headers)


@contextmanager
def issuing(callback: str, person: Claims) -> Iterator[Issuer]:
    """An issuer as long as the block lasts, on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Asked)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}", callback, person)
    server.issuer = issuer  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Asked(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        issuer: Issuer = self.server.issuer  # type: ignore[attr-defined]
        address, path = issuer.address + self.path, urlsplit(self.path).path
        match path:
            case "/.well-known/openid-configuration":
                self._answer({}, issuer.configuration())
            case "/keys":
                self._answer({}, issuer.keys())
            case "/authorize":
                scopes, asked = issuer.server.validate_authorization_request(address, "GET", None, dict(self.headers))
                self._answer(*issuer.server.create_authorization_response(
                    address, "GET", None, dict(self.headers), scopes, asked | {"user": issuer.person["sub"]}
                ))  # fmt: skip
            case "/me":
                self._answer(*issuer.server.create_userinfo_response(address, "GET", None, dict(self.headers)))
            case _:
                self._answer({}, None, 404)

    def do_POST(self) -> None:
        issuer: Issuer = self.server.issuer  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(*issuer.server.create_token_response(issuer.address + self.path, "POST", body, dict(self.headers)))

    def _answer(self, headers: dict[str, str], body: Any, status: int = 200) -> None:
        told = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""
