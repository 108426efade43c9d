"""A server in memory that speaks the contract, so that a bot's tests run in milliseconds and without a network.

    import threading
    from typing import Any
    from aloha.testing import FakeServer

    server = FakeServer()
    ada = server.add_user("Ada")

    def answer(message: dict[str, Any]) -> None:
        if message["sender_id"] == ada.user_id:
            client.send_message(type="direct", to=[ada.user_id], content="deploying")

    with server.client() as client:  # the bot's, an `aloha.Client`; `async_client` is for asyncio
        thread = threading.Thread(target=client.call_on_each_message, args=(answer,))
        thread.start()
        server.wait_until_polled()
        server.say(ada, "deploy")
        assert server.wait_for_messages(2)[-1].content == "deploying"
        client.stop()
        thread.join()

It knows registration, polling, messages, reactions, people and channels. `emit` makes any other event happen, and
`fail` makes a request go wrong as networks and servers do: `CUT`, `LOST`, `refusal(...)`, `page(...)`.
"""

from .faults import CUT, LOST, Fault, page, refusal
from .server import FakeServer
from .state import FakeMessage, FakeUser

__all__ = ["CUT", "LOST", "FakeMessage", "FakeServer", "FakeUser", "Fault", "page", "refusal"]
