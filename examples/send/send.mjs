// Sends an email: node send.mjs ada@example.com
import { randomUUID } from 'node:crypto';

const { MAILLAYER_URL, MAILLAYER_API_KEY } = process.env;
const [to = 'ada@example.com'] = process.argv.slice(2);

// The same key on every attempt: a request that is repeated makes no second email.
const idempotencyKey = randomUUID();

async function send(email, attempts = 3) {
  const response = await fetch(`${MAILLAYER_URL}/api/v1/emails`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${MAILLAYER_API_KEY}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
    },
    body: JSON.stringify(email),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  const isTemporary = response.status === 429 || response.status >= 500;
  if (!isTemporary || attempts === 1) throw new Error(`${answer.error}: ${answer.message}`);
  const seconds = Number(response.headers.get('Retry-After') ?? 1);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return await send(email, attempts - 1);
}

const { id, status } = await send({
  from: 'Corner Shop <hello@maillayer.test>',
  to,
  subject: 'Your receipt',
  html: '<p>Thank you for your order.</p>',
  text: 'Thank you for your order.',
});
console.log(`${id} ${status}`);
