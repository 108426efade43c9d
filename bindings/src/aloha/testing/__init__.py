"""A server in memory that speaks the contract, so that a bot's tests run in milliseconds and without a network.

    server = FakeServer()
    ada = server.add_user("Ada")
    with server.client() as client:               # the bot's, an `aloha.Client`; `async_client` for asyncio
        thread = threading.Thread(target=client.call_on_each_message, args=(answer,))
        thread.start()
        server.wait_until_polled()
        server.say(ada, "@**Bot** deploy prod", stream="general", topic="ops")
        assert server.wait_for_messages(2)[-1].content == "deploying prod"
        client.stop()
        thread.join()

It knows registration, polling, messages, reactions, people and channels. `emit` makes any other event happen, and
`fail` makes a request go wrong as networks and servers do: `CUT`, `LOST`, `refusal(...)`, `page(...)`.
"""

from .faults import CUT, LOST, Fault, page, refusal
from .server import FakeServer
from .state import FakeMessage, FakeUser

__all__ = ["CUT", "LOST", "FakeMessage", "FakeServer", "FakeUser", "Fault", "page", "refusal"]
