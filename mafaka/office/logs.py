"""Logs without personal data: no request body, no query string, no local variables."""

from __future__ import annotations

import logging


class Bare(logging.Filter):
    """Cuts what a log record may carry of a request down to its path, and an exception to its class."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if record.exc_info and record.exc_info[0] is not None:
            # The message of an exception may quote a value (a constraint, a name); its place is enough.
            record.msg = (
                f"{record.getMessage()} [{record.exc_info[0].__name__} at {_place(record.exc_info[2])}]"
            )
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


def _place(trace: object) -> str:
    last = trace
    while getattr(last, "tb_next", None) is not None:
        last = last.tb_next  # type: ignore[attr-defined]
    frame = getattr(last, "tb_frame", None)
    return f"{frame.f_code.co_filename.rsplit('/', 2)[-1]}:{last.tb_lineno}" if frame else "?"  # type: ignore[attr-defined]
