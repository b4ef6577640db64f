"""Receives webhooks: PORT=8080 MAILLAYER_WEBHOOK_SECRET=whsec_... python3 receiver.py"""
import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["MAILLAYER_WEBHOOK_SECRET"].removeprefix("whsec_"))
# A request that is older may be one that somebody recorded and sends again.
MOST_SECONDS = 5 * 60

seen = set()


def is_signed(headers, body):
    """https://www.standardwebhooks.com: the header has a signature for each secret that is valid."""
    identifier = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "0")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > MOST_SECONDS:
        return False
    digest = hmac.new(KEY, f"{identifier}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(each, expected) for each in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        signed = is_signed(self.headers, body)
        # A webhook may come more than once; its id stays the same.
        if signed and self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            event = json.loads(body)
            print(event["event"], event["emailId"], event["to"], flush=True)
        self.send_response(204 if signed else 401)
        self.end_headers()

    def log_message(self, *_):
        """Only events are printed."""


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8080))), Receiver)
print(f"Listening on {server.server_port}", flush=True)
server.serve_forever()
