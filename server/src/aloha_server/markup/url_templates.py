"""URL templates by RFC 6570: which are well-formed, what they name, and what they make."""

import re
from collections.abc import Mapping
from functools import lru_cache

from uritemplate import URITemplate

TEMPLATES_KEPT_MAX = 1024
VARIABLE = r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+(?:\.(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+)*(?:\*|:[1-9][0-9]{0,3})?"
WELL_FORMED = re.compile(rf"(?:[^\s{{}}<>\"\\^`|]|\{{[+#./;?&]?{VARIABLE}(?:,{VARIABLE})*\}})+")


@lru_cache(TEMPLATES_KEPT_MAX)
def parse_template(template: str) -> URITemplate:
    return URITemplate(template)


def template_variables(template: str) -> frozenset[str] | None:
    """The names that the template takes; None if it is malformed."""
    if WELL_FORMED.fullmatch(template) is None:
        return None
    return frozenset(parse_template(template).variable_names)


def expand_template(template: str, values: Mapping[str, str | None]) -> str:
    """The URL; names without a value are left out."""
    return parse_template(template).expand({name: value for name, value in values.items() if value is not None})
