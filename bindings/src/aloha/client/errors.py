"""The errors that only a client meets, beside `ApiError`, with which the server refused a request.

AlohaError
  NetworkError        no answer came: refused, cut off or timed out, after all that may be tried again was
  ProtocolError       an answer came that no Aloha server sends: a proxy's page, or JSON of another shape
"""

from aloha.contract.errors import AlohaError


class NetworkError(AlohaError):
    """No answer came. A request that changes something may or may not have been carried out."""


class ProtocolError(AlohaError):
    """What answered does not speak this API. `status` is its HTTP status."""

    def __init__(self, msg: str, *, status: int) -> None:
        super().__init__(msg)
        self.status = status
