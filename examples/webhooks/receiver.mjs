// Receives webhooks: PORT=8080 MAILLAYER_WEBHOOK_SECRET=whsec_… node receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const { PORT = '8080', MAILLAYER_WEBHOOK_SECRET = '' } = process.env;
const key = Buffer.from(MAILLAYER_WEBHOOK_SECRET.replace('whsec_', ''), 'base64');

/** A request that is older may be one that somebody recorded and sends again. */
const MOST_SECONDS = 5 * 60;

/** https://www.standardwebhooks.com: the header has a signature for each secret that is valid. */
function isSigned(headers, body) {
  const {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures,
  } = headers;
  if (!id || !signatures || Math.abs(Date.now() / 1000 - Number(timestamp)) > MOST_SECONDS)
    return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((each) => {
    const [version, signature = ''] = each.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const seen = new Set();

const server = createServer(async (request, response) => {
  const body = await text(request);
  if (!isSigned(request.headers, body)) return response.writeHead(401).end();
  // A webhook may come more than once; its id stays the same.
  const id = request.headers['webhook-id'];
  if (!seen.has(id)) {
    const { event, emailId, to } = JSON.parse(body);
    console.log(`${event} ${emailId} ${to}`);
    seen.add(id);
  }
  response.writeHead(204).end();
});
server.listen(Number(PORT), '127.0.0.1', () =>
  console.log(`Listening on ${server.address().port}`),
);
