"""What the package shows, what it costs to import, and that its generated files are what the generator writes."""

import inspect
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest

import aloha
from aloha.client._generated_async import AsyncMethods
from aloha.client._generated_sync import SyncMethods
from aloha.client.transport import keepalive_options
from aloha.contract import ENDPOINTS

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_public_names_are_sorted_and_exist() -> None:
    assert aloha.__all__ == sorted(aloha.__all__)
    assert set(aloha.__all__) == set(aloha._HOMES)
    for name in aloha.__all__:
        assert getattr(aloha, name).__name__ == name
    assert set(aloha.__all__) <= set(dir(aloha))
    with pytest.raises(AttributeError):
        _ = aloha.nothing


def test_importing_the_package_loads_neither_the_http_library_nor_the_contract() -> None:
    code = "import sys, aloha; print(sorted({'httpx2', 'msgspec', 'aloha.contract', 'asyncio'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_making_a_client_loads_no_http_library() -> None:
    code = (
        "import sys, aloha; aloha.Client(email='a', api_key='k', site='x.example');"
        "print([name for name in sys.modules if name.startswith('httpx')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_generated_files_are_what_the_generator_writes() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "generate_client"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_endpoint_has_its_two_methods_with_the_same_parameters() -> None:
    for endpoint in ENDPOINTS:
        sync_method = inspect.signature(getattr(SyncMethods, endpoint.name))
        async_method = inspect.signature(getattr(AsyncMethods, endpoint.name))
        assert sync_method == async_method
        assert set(sync_method.parameters) == {"self", *(param.name for param in endpoint.bound_params())}


@pytest.mark.parametrize("name", ["call_on_each_event", "call_on_each_message", "register", "deregister", "stop"])
def test_the_two_clients_have_the_same_parameters(name: str) -> None:
    sync_method = inspect.signature(getattr(aloha.Client, name))
    assert sync_method == inspect.signature(getattr(aloha.AsyncClient, name))


def test_the_bindings_ask_for_two_packages_only() -> None:
    assert len(requires("aloha") or []) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the options have other names elsewhere")
def test_a_dead_peer_is_noticed_within_a_minute() -> None:
    import socket

    options = {(level, option): value for level, option, value in keepalive_options()}
    tcp = socket.IPPROTO_TCP
    idle, interval, probes = (
        options[tcp, option] for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
    )
    assert options[socket.SOL_SOCKET, socket.SO_KEEPALIVE] == 1
    assert idle + interval * probes <= 60
    assert options[tcp, socket.TCP_USER_TIMEOUT] <= 60_000
