"""What the company's sign-in answers, and what of it is believed: OpenID Connect Core 1.0, section 3.1.3.7.

allauth asks for no nonce, takes an answer without an ID token, leaves its signature unread and its expiry optional,
and does not look whether both of its sources speak of one person. Here all of that is required.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

ALGORITHMS = [f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)]
"""Those by which only the issuer can sign: whoever knows a shared secret could as well."""
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
ENDPOINTS = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
LEEWAY = 60  # seconds by which two clocks may differ


def nonce_of(code_verifier: str) -> str:
    """What ties an ID token to the browser that asked: made of the secret of PKCE, which only its session has."""
    return sha256(f"nonce {code_verifier}".encode()).hexdigest()


class Answer(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One sign-in. Raises OAuth2Error, which becomes a page, where anything is not as it must be."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the issuer says of itself, which must be the issuer that was set."""
        if not hasattr(self, "_openid_config"):
            provider = self.get_provider()
            said = self._asked(provider.server_url)
            if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in ENDPOINTS):
                raise OAuth2Error("the issuer does not say where to ask")
            if said["issuer"].rstrip("/") != provider.server_url.partition("/.well-known/")[0]:
                raise OAuth2Error("somebody else answers for the issuer")
            self._openid_config: dict[str, Any] = said
        return self._openid_config

    def get_access_token_data(self, *asked: Any, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        self._nonce = nonce_of(pkce_code_verifier or "")
        told: dict[str, Any] = super().get_access_token_data(*asked, pkce_code_verifier=pkce_code_verifier)
        return told

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **named: Any) -> SocialLogin:
        claims = self._claims(app.client_id, named["response"].get("id_token"))
        person = claims | self._person(token.token, claims["sub"])
        person["email_verified"] = person.get("email_verified") in (True, "true")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims, "userinfo": person})

    def _claims(self, us: str, id_token: object) -> dict[str, Any]:
        """What the ID token says, once it is known who says it, to `us`, until when, and upon which request."""
        if not isinstance(id_token, str):
            raise OAuth2Error("there is no ID token")
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token, self._key(id_token), ALGORITHMS, {"require": REQUIRED}, audience=us,
                issuer=self.openid_config["issuer"], leeway=LEEWAY,
            )  # fmt: skip
        except jwt.PyJWTError as error:
            raise OAuth2Error("the ID token is not to be believed") from error
        if claims["nonce"] != self._nonce:
            raise OAuth2Error("the ID token answers another request")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else us) != us:
            raise OAuth2Error("the ID token was made for somebody else")
        return claims

    def _key(self, id_token: str) -> jwt.PyJWK:
        """The issuer's key that the token names; the only one there is, where it names none."""
        name = jwt.get_unverified_header(id_token).get("kid")
        keys = jwt.PyJWKSet.from_dict(self._asked(self.openid_config["jwks_uri"])).keys
        found = [key for key in keys if key.public_key_use != "enc" and name in (None, key.key_id)]
        if len(found) != 1:
            raise OAuth2Error("the ID token names a key that the issuer does not have")
        return found[0]

    def _person(self, access_token: str, sub: str) -> dict[str, Any]:
        """What else the issuer tells of the same person."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        told: dict[str, Any] = self._fetch_user_info(access_token)
        if told.get("sub") != sub:
            raise OAuth2Error("the issuer speaks of two people")
        return told

    def _asked(self, address: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            return answer.json()
