"""The sites where code can be run: what they are, and what may become one."""

import re

from aloha.contract.errors import ApiError
from aloha.contract.objects import Playground

from ..store import Tx
from .linkifiers import check_url_template

NAME_CHARS_MAX = 100
LANGUAGE_CHARS_MAX = 40
PLAYGROUNDS_MAX = 200
EVERY = """
    select playground_id, name, pygments_language, url_template from playground
    where realm_id = :realm_id order by playground_id
"""

_LANGUAGE = re.compile(r"[ a-zA-Z0-9_+./#-]+")


def wire_playgrounds(tx: Tx) -> list[Playground]:
    return [
        Playground(id=playground_id, name=name, pygments_language=language, url_template=url_template)
        for playground_id, name, language, url_template in tx.rows(EVERY)
    ]


def check_playground(name: str, language: str, url_template: str) -> None:
    """Raises ApiError. The template takes the code and nothing else."""
    if not name or len(name) > NAME_CHARS_MAX:
        raise ApiError(f"A playground's name has 1 to {NAME_CHARS_MAX} characters")
    if len(language) > LANGUAGE_CHARS_MAX or _LANGUAGE.fullmatch(language) is None:
        raise ApiError("Invalid characters in pygments language")
    if check_url_template(url_template) != {"code"}:
        raise ApiError("The URL template has one variable, 'code'")
