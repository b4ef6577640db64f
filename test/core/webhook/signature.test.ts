import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { rotated, secretText } from '../../../lambdas/core/webhook/secret.ts';
import { signingSecrets, webhookHeaders } from '../../../lambdas/core/webhook/signature.ts';
import { anEndpoint } from '../../contracts/webhooks.ts';

/** The verifiers compare the time of a webhook with the clock on the wall. */
const now = Date.now();
const seed = Math.floor(Math.random() * 2 ** 31);

const id = fc
  .tuple(fc.stringMatching(/^[0-9a-z]{9}$/), fc.stringMatching(/^[0-9a-f]{24}$/))
  .map((parts) => `msg_${parts.join('_')}`);
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const content = fc.record({
  event: fc.string(),
  to: fc.string({ unit: 'binary' }),
  subject: fc.string({ unit: 'grapheme' }),
});
const deliveries = fc.record({
  id,
  secrets: fc.array(secret, { minLength: 1, maxLength: 3 }),
  body: fc.oneof(content, fc.json()).map((value) => JSON.stringify(value)),
  environment: fc.constantFrom('live' as const, 'test' as const),
});

type Headers = Record<string, string>;
const verifiers: [string, (key: Uint8Array) => (body: string, headers: Headers) => unknown][] = [
  [
    'standardwebhooks',
    (key) => (body, headers) => new Webhook(secretText(key)).verify(body, headers),
  ],
  ['svix', (key) => (body, headers) => new SvixWebhook(secretText(key)).verify(body, headers)],
];

/** The text with one byte of its own alphabet changed. */
function spoilt(text: string, at: number): string {
  const place = at % text.length;
  const other = text[place] === '1' ? '2' : '1';
  return text.slice(0, place) + other + text.slice(place + 1);
}

describe(`a signed webhook (seed ${seed})`, () => {
  it.each(verifiers)('is verified by %s with every current secret', (_, verifier) => {
    fc.assert(
      fc.property(deliveries, ({ secrets, ...delivery }) => {
        const headers = webhookHeaders(delivery, secrets, now);
        for (const key of secrets) {
          expect(() => verifier(key)(delivery.body, headers)).not.toThrow();
        }
      }),
      { numRuns: 1000, seed },
    );
  });

  it.each(verifiers)('is refused by %s when any byte is changed', (_, verifier) => {
    fc.assert(
      fc.property(deliveries, fc.nat(), ({ secrets, ...delivery }, at) => {
        const headers = webhookHeaders(delivery, secrets.slice(0, 1), now);
        const verify = verifier(secrets[0] ?? new Uint8Array());
        const [version = '', signature = ''] = (headers['webhook-signature'] ?? '').split(',');
        // The last character of the 32 bytes in base64 has bits that stand for nothing.
        const changed = spoilt(signature, at % (signature.length - 2));
        const spoiltHeaders = [
          { ...headers, 'webhook-id': spoilt(delivery.id, at) },
          { ...headers, 'webhook-timestamp': spoilt(headers['webhook-timestamp'] ?? '', at) },
          { ...headers, 'webhook-signature': `${version},${changed}` },
        ];
        for (const each of spoiltHeaders) expect(() => verify(delivery.body, each)).toThrow();
        expect(() => verify(spoilt(delivery.body, at), headers)).toThrow();
        expect(() => verify(`${delivery.body} `, headers)).toThrow();
      }),
      { numRuns: 1000, seed },
    );
  });

  it.each(verifiers)('is refused by %s at each single place of a change', (_, verifier) => {
    const key = randomBytes(32);
    const delivery = { id: `msg_0mbvk3a1c_${'a'.repeat(24)}`, body: '{"event":"é"}' };
    const headers = webhookHeaders({ ...delivery, environment: 'live' }, [key], now);
    const bytes = Buffer.from(delivery.body);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(at) + 1) % 128, at);
      expect(() => verifier(key)(changed.toString(), headers)).toThrow();
    }
    for (const name of ['webhook-id', 'webhook-timestamp']) {
      const value = headers[name] ?? '';
      for (let at = 0; at < value.length; at += 1) {
        const wrong = { ...headers, [name]: spoilt(value, at) };
        expect(() => verifier(key)(delivery.body, wrong)).toThrow();
      }
    }
  });
});

describe('a rotated secret', () => {
  it.each(verifiers)('lets %s verify with the old one for 24 hours, not after', (_, verifier) => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const keys: Record<string, Uint8Array> = { old, fresh };
    const endpoint = anEndpoint({ secrets: [{ ciphertext: 'old', createdAt: '2026-01-01' }] });
    const day = 24 * 3_600_000;
    const signedAt = (rotation: number) => {
      const secrets = rotated(endpoint, 'fresh', rotation);
      const current = signingSecrets({ ...endpoint, secrets }, now);
      const opened = current.map(({ ciphertext }) => keys[ciphertext] ?? new Uint8Array());
      const delivery = { id: 'msg_1', body: '{}', environment: 'live' } as const;
      return { names: current.map(({ ciphertext }) => ciphertext), opened, delivery };
    };
    const within = signedAt(now - day + 1);
    expect(within.names).toEqual(['fresh', 'old']);
    const both = webhookHeaders(within.delivery, within.opened, now);
    expect(() => verifier(old)('{}', both)).not.toThrow();
    expect(() => verifier(fresh)('{}', both)).not.toThrow();
    const after = signedAt(now - day);
    expect(after.names).toEqual(['fresh']);
    const one = webhookHeaders(after.delivery, after.opened, now);
    expect(() => verifier(fresh)('{}', one)).not.toThrow();
    expect(() => verifier(old)('{}', one)).toThrow();
  });
});

describe('the headers', () => {
  it('are those of Standard Webhooks, our environment and JSON', () => {
    const delivery = { id: 'msg_1', body: '{}', environment: 'test' } as const;
    expect(webhookHeaders(delivery, [new Uint8Array(32)], 1_700_000_000_999)).toEqual({
      'content-type': 'application/json',
      'user-agent': 'Maillayer',
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': expect.stringMatching(/^v1,[0-9A-Za-z+/]{43}=$/),
      'maillayer-environment': 'test',
    });
  });
});
