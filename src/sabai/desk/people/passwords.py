"""What a password must be, said in the reader's language: Django's own words are not translated into all of ours."""

from __future__ import annotations

from django.contrib.auth import password_validation as rules
from django.utils.translation import get_language

from sabai.desk.look.spoken import spoken


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        language = spoken(get_language())
        return language.gettext("Take at least %(count)s characters.", count=language.show.fixed(self.min_length))


class NotCommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return spoken(get_language()).gettext("Many people use this password: it would be guessed first.")


class NotOneself(rules.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "name"))

    def get_error_message(self) -> str:
        return spoken(get_language()).gettext("This is too close to your name or address.")
