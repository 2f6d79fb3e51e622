"""Counters for Prometheus.

Rule: metrics tell about the machine, never about a vote: no choices, no Members, and nothing that
moves with a withheld count. Presses are counted by what was answered only.
"""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

Gauges = Callable[[], dict[str, tuple[str, float]]]
"""Name → (help, value), asked at each scrape."""


class _Live(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> list[Metric]:
        """The gauges as they are now."""
        return [
            GaugeMetricFamily(f"hemicycle_{name}", text, value=value)
            for name, (text, value) in self._gauges().items()
        ]


def metrics_page(gauges: Gauges) -> Callable[[], bytes]:
    """A function that renders the metrics page of this process."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    registry.register(_Live(gauges))
    return lambda: generate_latest(registry)
