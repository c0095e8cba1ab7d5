"""Log lines as JSON with an allow-list of fields: no message text of ours or a library's may carry case data out."""

import json
import logging
from datetime import UTC, datetime

ALLOWED = ("status_code", "task_name", "job_id", "council", "reference")


class Fields(logging.Formatter):
    """Formats a record as one JSON line.

    Messages are kept without their arguments, and of an exception only its class and the places it passed: DETAIL and
    parameters of database errors hold people's data.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": str(record.msg)[:200] if isinstance(record.msg, str) else record.msg.__class__.__name__,
        }
        line |= {name: str(getattr(record, name)) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["places"] = self._places(record)
        return json.dumps(line)

    def _places(self, record: logging.LogRecord) -> list[str]:
        places, trace = [], record.exc_info[2] if record.exc_info else None
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}:{trace.tb_lineno}")
            trace = trace.tb_next
        return places[-12:]
