"""A server in a process of its own, that can be killed and started again on the same data and port."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path


class ServerProcess:
    """`running` is set while it answers. Belongs to a test, which ends it by its own id."""

    def __init__(self, data: Path, database_url: str = "", *options: str) -> None:
        self.port = _free_port()
        self.running = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._command = [sys.executable, "-m", "aloha_server.cli", "serve", "--data", str(data)]
        self._command += ["--port", str(self.port), "--rate-limit-requests", "1000000", "--rate-limit-polls", "1000000"]
        self._command += ["--database-url", database_url] if database_url else []
        self._command += options

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Returns when requests are answered."""
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert "Aloha listens on" in line, line
        self.running.set()

    def kill(self) -> None:
        """SIGKILL: nothing of the process runs any more when this returns."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self.running.clear()
        self._process.send_signal(number)
        code = self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
