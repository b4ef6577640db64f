import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { suppressionView } from '../../lambdas/core/suppression/view.ts';
import { type Endpoint, WEBHOOK_EVENTS } from '../../lambdas/core/webhook/endpoint.ts';
import { newSecret, secretText } from '../../lambdas/core/webhook/secret.ts';
import { webhookHeaders } from '../../lambdas/core/webhook/signature.ts';
import { testDelivery } from '../../lambdas/core/webhook/test-event.ts';
import { deliveryView, endpointView } from '../../lambdas/core/webhook/view.ts';
import { NOW } from '../core/email/fakes.ts';
import { bounce } from '../manage-suppressions/suppression-world.ts';
import { aDelivery, URL_OK } from './webhook-world.ts';

const text = readFileSync('docs/api.md', 'utf8');

/** The first block of a language under a heading. */
function block(heading: string, language: string): string {
  const under = text.slice(text.indexOf(`\n${heading}\n`));
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(under)?.[1] ?? '';
}

const ENDPOINT: Endpoint = {
  id: '1'.repeat(24),
  account: 'a'.repeat(24),
  url: URL_OK,
  environment: 'live',
  events: ['email.sent'],
  secrets: [],
  createdAt: new Date(NOW).toISOString(),
};

const DELIVERY = aDelivery({ account: ENDPOINT.account, endpoint: ENDPOINT.id });

describe('docs/api.md', () => {
  it.each([
    ['## Suppressions', suppressionView(bounce())],
    ['### Endpoints', endpointView(ENDPOINT)],
    ['### Deliveries', deliveryView(DELIVERY)],
  ])('shows under %s exactly the keys that there are', (heading, view) => {
    const shown = JSON.parse(block(heading, 'json'));
    expect(Object.keys(shown)).toEqual(Object.keys(view));
    if ('attempts' in view) {
      expect(Object.keys(shown.attempts[0])).toEqual(Object.keys(view.attempts[0] ?? {}));
    }
  });

  it('names every event, and shows the bodies as they are sent', () => {
    for (const event of WEBHOOK_EVENTS) expect(text).toContain(`\n| \`${event}\` |`);
    const bodies = block('### Events', 'json').trim().split('\n');
    expect(bodies).toHaveLength(2);
    for (const body of bodies) {
      const { event } = JSON.parse(body);
      const sent = testDelivery(ENDPOINT, event, { now: NOW, dueAt: NOW }).body;
      expect(Object.keys(JSON.parse(body))).toEqual(Object.keys(JSON.parse(sent)));
    }
  });

  it('has a sample that verifies what is sent, and nothing else', () => {
    const sample = block('### Verifying a webhook', 'js')
      .replace(/^import .*$/m, '')
      .replace('export function', 'return function');
    const secret = newSecret();
    const environment = { env: { WEBHOOK_SECRET: secretText(secret) } };
    const readEvent = new Function('Webhook', 'process', sample)(Webhook, environment);
    const headers = webhookHeaders(DELIVERY, [secret], Date.now());
    expect(readEvent(DELIVERY.body, headers)).toEqual(JSON.parse(DELIVERY.body));
    expect(() => readEvent(`${DELIVERY.body} `, headers)).toThrow();
    const old = webhookHeaders(DELIVERY, [secret], Date.now() - 6 * 60 * 1000);
    expect(() => readEvent(DELIVERY.body, old)).toThrow();
  });
});
