"""Redis nodes and the Sentinels that watch them, all real."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from pathlib import Path

import redis

from server.adapters.redis_box_settings import SAFE_SETTINGS
from server.adapters.redis_server import find_server
from tests.contracts.real_redis import free_port
from tests.deploy.example import users
from tests.many.network import Network

NAME = "votes"
"""Under which the Sentinels watch the primary."""


class Node:
    """A Redis or a Sentinel on the loopback. `seen` is the port at which others find it: its own,
    or in a network that of a proxy, and then it has a host of its own there."""

    def __init__(
        self, folder: Path, settings: dict[str, str], *extra: str, network: Network | None = None
    ) -> None:
        self.port = self.seen = free_port()
        self.host = ""
        self._folder = folder
        self._settings = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(folder)}
        self._settings |= settings
        if network is not None:
            self.host = network.host()
            self.seen = network.reach(self.host, self.port)
            self._settings["bind-source-addr"] = self.host
        self._extra = extra
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        lines = [f"{name} {value}" for name, value in self._settings.items()]
        self.tell(*lines)

    def tell(self, *lines: str) -> None:
        """More lines of its configuration file, which both programs rewrite while they run."""
        with (self._folder / "conf").open("a") as conf:
            conf.writelines(f"{line}\n" for line in lines)

    def start(self) -> None:
        self._process = subprocess.Popen(
            [find_server(), self._folder / "conf", *self._extra, "--logfile", "log"]
        )
        with redis.Redis(port=self.port) as client:
            deadline = time.monotonic() + 30
            while True:
                try:
                    client.ping()
                except (redis.ConnectionError, redis.exceptions.BusyLoadingError):
                    assert self._process.poll() is None
                    assert time.monotonic() < deadline
                    time.sleep(0.02)
                else:
                    return

    def role(self) -> str:
        with redis.Redis(port=self.port) as client:
            return str(client.info("replication")["role"])

    def whole(self) -> bool:
        """Whether a replica has its first copy and follows."""
        with redis.Redis(port=self.port) as client:
            told = client.info("replication")
        return bool(told["role"] == "slave" and told["master_link_status"] == "up")

    def signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)


class Watched:
    """A primary with its replicas, watched by three Sentinels; with a network between them, or
    without. A primary takes writes while `enough` replicas follow it. `with_users` each of them has
    no more rights than the example of deployment gives it."""

    def __init__(
        self,
        folder: Path,
        replicas: int,
        network: Network | None = None,
        *,
        enough: int = 1,
        with_users: bool = False,
    ) -> None:
        self._network = network
        self._with_users = with_users
        settings = {
            **SAFE_SETTINGS,
            "save": '""',
            "min-replicas-to-write": str(enough),
            "min-replicas-max-lag": "10",
            "repl-diskless-sync-delay": "0",
        }
        self.nodes = [self._redis(folder / "redis-0", settings)]
        follows = {**settings, "replicaof": f"127.0.0.1 {self.nodes[0].seen}"}
        self.nodes += [self._redis(folder / f"redis-{i + 1}", follows) for i in range(replicas)]
        self.sentinels = [self._sentinel(folder / f"sentinel-{i}") for i in range(3)]

    def _redis(self, folder: Path, settings: dict[str, str]) -> Node:
        node = Node(folder, settings, network=self._network)
        node.tell("replica-announce-ip 127.0.0.1", f"replica-announce-port {node.seen}")
        if self._with_users:
            node.tell(*users())
        return node

    def _sentinel(self, folder: Path) -> Node:
        node = Node(folder, {}, "--sentinel", network=self._network)
        node.tell(
            "sentinel announce-ip 127.0.0.1",
            f"sentinel announce-port {node.seen}",
            f"sentinel monitor {NAME} 127.0.0.1 {self.nodes[0].seen} 2",
            f"sentinel down-after-milliseconds {NAME} 1000",
            f"sentinel failover-timeout {NAME} 5000",
        )
        if self._with_users:
            node.tell(
                f"sentinel auth-user {NAME} sentinel",
                f"sentinel auth-pass {NAME} SENTINELS-PASSWORD",
            )
        return node

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{each.seen}" for each in self.sentinels)
        who = "hall:HALLS-PASSWORD@" if self._with_users else ""
        return f"redis+sentinel://{who}{hosts}/{NAME}"

    @property
    def primary(self) -> Node:
        """The node that the Sentinels name."""
        return self.primary_of(self.sentinels[0])

    def primary_of(self, sentinel: Node) -> Node:
        """The node that this Sentinel names."""
        with redis.Redis(port=sentinel.port, decode_responses=True) as client:
            _, port = client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
        (node,) = [each for each in self.nodes if each.seen == int(port)]
        return node

    def fail_over(self) -> None:
        """Ask for another primary; it is refused where there is none, or one is being chosen."""
        with redis.Redis(port=self.sentinels[0].port) as client, suppress(redis.ResponseError):
            client.execute_command("SENTINEL", "FAILOVER", NAME)

    def start(self) -> None:
        for node in self.nodes:
            node.start()
        for node in self.sentinels:
            node.start()
        self.settle()

    def settle(self) -> None:
        """Wait until every node but the primary follows it, and the Sentinels know all."""
        deadline = time.monotonic() + 60
        while True:
            following = sum(each.whole() for each in self.nodes)
            with redis.Redis(port=self.sentinels[0].port, decode_responses=True) as client:
                told = client.sentinel_masters()[NAME]
            others = (told["num-other-sentinels"], told["num-slaves"])
            if following == len(self.nodes) - 1 and others == (2, len(self.nodes) - 1):
                return
            assert time.monotonic() < deadline, (following, others)
            time.sleep(0.1)

    def stop(self) -> None:
        for node in (*self.sentinels, *self.nodes):
            node.stop()
