"""What one event costs a client: CPU of its process per event, while it drains 10,000 that wait in its queue.

    .venv/bin/python benches/client_drain.py

The server runs in a process of its own, so that only the client is measured; events are messages of a channel. Printed
is the median of several rounds, without and with `resume`.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.process import ServerProcess
from tests.world import make_people

import aloha
from aloha_server.access.directory import render_content
from aloha_server.access.users import acting_user
from aloha_server.actions.messages import Outgoing, send_message
from aloha_server.settings import Settings
from aloha_server.store import Store, WriteTx

EVENTS = 10_000
ROUNDS = 5
CLIENT = """
import sys, time
import aloha
from aloha.client.flow import Position

email, key, site, queue_id, start, count, path = sys.argv[1:]

class Kept:
    def __init__(self): self.file = aloha.FilePosition(path) if path else None
    def load(self): return Position(queue_id=queue_id, last_event_id=int(start))
    def save(self, position): self.file and self.file.save(position)

client = aloha.Client(email=email, api_key=key, site=site)
client.get_own_user()
left = int(count)
def hear(event):
    global left
    left -= 1
    if not left: client.stop()
before = time.process_time()
client.call_on_each_event(hear, ["message"], resume=Kept())
print((time.process_time() - before) / int(count) * 1e6)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data=folder / "var")
        store = Store.open(settings.data)
        people = make_people(store, settings)
        store.close()
        process = ServerProcess(folder / "var")
        process.start()
        try:
            reader = people[3]
            with aloha.Client(email=reader.email, api_key=reader.api_key, site=process.url) as client:
                queue = client.register(["message"])
            fill(settings, people[0].user_id, reader.user_id)
            for label, path in (("without resume", ""), ("with resume", str(folder / "position"))):
                command = [sys.executable, "-c", CLIENT, reader.email, reader.api_key, process.url]
                command += [str(queue.queue_id), str(queue.last_event_id), str(EVENTS), path]
                runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(ROUNDS)]
                costs = [float(run.stdout) for run in runs]
                middle, low, high = statistics.median(costs), min(costs), max(costs)
                print(f"{label}: {middle:.1f} us of CPU per event ({low:.1f} to {high:.1f})")
        finally:
            process.close()


def fill(settings: Settings, sender_id: int, reader_id: int) -> None:
    store = Store.open(settings.data)

    def send(tx: WriteTx) -> None:
        sender = acting_user(tx, sender_id)
        for number in range(500):
            content = f"message {number}"
            rendered = render_content(tx, content, sender)
            send_message(tx, sender, Outgoing(people=[reader_id], content=content, rendered=rendered, client="bench"))

    for _ in range(EVENTS // 500):
        store.write(1, send)
    store.close()


if __name__ == "__main__":
    main()
