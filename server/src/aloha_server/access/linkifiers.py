"""The organization's linkifiers: what they are, what may become one, and the links of a topic."""

from aloha.contract.errors import ApiError
from aloha.contract.objects import Linkifier, TopicLink
from aloha_server.markup import Rule, pattern_groups, template_variables, topic_links

from ..store import Tx

PATTERN_CHARS_MAX = 500
TEMPLATE_CHARS_MAX = 2000
LINKIFIERS_MAX = 200
EVERY = """
    select linkifier_id, pattern, url_template from linkifier where realm_id = :realm_id order by place
"""


def wire_linkifiers(tx: Tx) -> list[Linkifier]:
    """In the order in which they apply."""
    return [
        Linkifier(id=linkifier_id, pattern=pattern, url_template=url_template)
        for linkifier_id, pattern, url_template in tx.rows(EVERY)
    ]


def load_rules(tx: Tx) -> list[Rule]:
    """For rendering."""
    return [Rule(pattern, url_template) for _, pattern, url_template in tx.rows(EVERY)]


class TopicLinks:
    """The links of topics by the rules of one moment, each found once."""

    def __init__(self, tx: Tx) -> None:
        self._rules = load_rules(tx)
        self._found: dict[str, list[TopicLink]] = {}

    def of(self, topic: str) -> list[TopicLink]:
        if topic not in self._found:
            links = topic_links(topic, self._rules)
            self._found[topic] = [TopicLink(text=text, url=url) for text, url in links]
        return self._found[topic]

    def plain(self, topic: str) -> list[dict[str, str]]:
        """As entries of the log hold them."""
        return [{"text": link.text, "url": link.url} for link in self.of(topic)]


def check_linkifier(pattern: str, url_template: str) -> None:
    """Raises ApiError unless the pattern is one, the template is one, and they name the same groups."""
    if not pattern or len(pattern) > PATTERN_CHARS_MAX:
        raise ApiError(f"A pattern has 1 to {PATTERN_CHARS_MAX} characters")
    try:
        groups = pattern_groups(pattern)
    except ValueError as error:
        raise ApiError(f"Bad regular expression: {error}") from error
    variables = check_url_template(url_template)
    if missing := sorted(variables - groups):
        raise ApiError(f"The URL template uses '{missing[0]}', which is no group of the pattern")
    if unused := sorted(groups - variables):
        raise ApiError(f"The pattern's group '{unused[0]}' does not stand in the URL template")


def check_url_template(url_template: str) -> frozenset[str]:
    """The variables of a template by RFC 6570; raises ApiError if it is malformed."""
    variables = template_variables(url_template) if len(url_template) <= TEMPLATE_CHARS_MAX else None
    if variables is None:
        raise ApiError("Invalid URL template.")
    return variables
