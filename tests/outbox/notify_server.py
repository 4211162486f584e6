"""GOV.UK Notify as its API documentation describes it, on this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"tests-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
SMS_TEMPLATE = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"

type Refusal = tuple[int, str, str]

BAD_ADDRESS: Refusal = (
    400,
    "ValidationError",
    "email_address Not a valid email address",
)
BAD_NUMBER: Refusal = (400, "ValidationError", "phone_number Not enough digits")
TEAM_ONLY: Refusal = (
    400,
    "BadRequestError",
    "Can't send to this recipient using a team-only API key",
)
WRONG_KEY: Refusal = (403, "AuthError", "Invalid token: API key not found")
TOO_QUICK: Refusal = (
    429,
    "RateLimitError",
    "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds",
)
TOO_MANY: Refusal = (
    429,
    "TooManyRequestsError",
    "Exceeded send limits (250,000) for today",
)
BROKEN: Refusal = (500, "Exception", "Internal server error")


class NotifyServer(ThreadingHTTPServer):
    """Takes messages, remembers them, and refuses when told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.sent: list[dict[str, Any]] = []
        self.refusals: list[Refusal] = []
        self.is_mute_after_taking = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def settings(self, **changes: str) -> dict[str, str]:
        """Return the setting NOTIFY that leads here."""
        return {
            "api_key": API_KEY,
            "base_url": self.url,
            "email_template": EMAIL_TEMPLATE,
            "sms_template": SMS_TEMPLATE,
            "reply_to": "",
            "callback_token": "a-token-that-only-notify-knows",
            **changes,
        }


class Handler(BaseHTTPRequestHandler):
    server: NotifyServer

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        if self._is_refused():
            return
        kind = self.path.rpartition("/")[2]
        taken = {"id": str(uuid4()), "status": "sending", "type": kind, **asked}
        self.server.sent.append(taken)
        if self.server.is_mute_after_taking:
            self.close_connection = True
            return
        template = {"id": asked["template_id"], "version": 1, "uri": self.server.url}
        answer = {"id": taken["id"], "reference": asked["reference"]}
        uri = f"{self.server.url}/v2/notifications/{taken['id']}"
        content = {"body": asked["personalisation"]["body"], "from_number": "SPOT"}
        self._answer(
            201, {**answer, "content": content, "uri": uri, "template": template}
        )

    def do_GET(self) -> None:
        if self._is_refused():
            return
        parts = urlsplit(self.path)
        if parts.path == "/v2/notifications":
            [reference] = parse_qs(parts.query)["reference"]
            found = [one for one in self.server.sent if one["reference"] == reference]
            links = {"current": self.server.url + self.path}
            self._answer(200, {"notifications": found, "links": links})
            return
        wanted = parts.path.rpartition("/")[2]
        for one in self.server.sent:
            if one["id"] == wanted:
                self._answer(200, one)
                return
        self._refuse((404, "NoResultFound", "No result found"))

    def _is_refused(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={})
        if claims["iss"] != SERVICE:
            self._refuse(WRONG_KEY)
            return True
        if self.server.refusals:
            self._refuse(self.server.refusals.pop(0))
            return True
        return False

    def _refuse(self, refusal: Refusal) -> None:
        status, error, message = refusal
        errors = [{"error": error, "message": message}]
        self._answer(status, {"status_code": status, "errors": errors})

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Keep quiet."""


@contextmanager
def running() -> Iterator[NotifyServer]:
    server = NotifyServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
