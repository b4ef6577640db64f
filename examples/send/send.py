"""Sends an email: python3 send.py ada@example.com"""
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ["MAILLAYER_URL"] + "/api/v1/emails"
HEADERS = {
    "Authorization": "Bearer " + os.environ["MAILLAYER_API_KEY"],
    "Content-Type": "application/json",
    # The same key on every attempt: a request that is repeated makes no second email.
    "Idempotency-Key": str(uuid.uuid4()),
}


def send(email, attempts=3):
    request = urllib.request.Request(URL, json.dumps(email).encode(), HEADERS, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        answer = json.load(error)
        is_temporary = error.code == 429 or error.code >= 500
        if not is_temporary or attempts == 1:
            raise SystemExit(f"{answer['error']}: {answer['message']}")
        time.sleep(int(error.headers.get("Retry-After", 1)))
    return send(email, attempts - 1)


answer = send({
    "from": "Corner Shop <hello@maillayer.test>",
    "to": sys.argv[1] if len(sys.argv) > 1 else "ada@example.com",
    "subject": "Your receipt",
    "html": "<p>Thank you for your order.</p>",
    "text": "Thank you for your order.",
})
print(answer["id"], answer["status"])
