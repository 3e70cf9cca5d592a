from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class StaysConfig(AppConfig):
    name = "mafaka.stays"
    label = "stays"

    def ready(self) -> None:
        from mafaka.stays.labels import ACTS, IN_SENTENCES, LEAVING_REASONS

        acts.name_codes("room_kind", dict(IN_SENTENCES))
        acts.name_codes("leaving", dict(LEAVING_REASONS))
        acts.register(ACTS)
