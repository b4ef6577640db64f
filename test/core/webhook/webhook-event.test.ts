import { describe, expect, it } from '@jest/globals';
import { is } from 'valibot';
import { webhookMessageSchema } from '../../../lambdas/core/contract/messages.ts';
import type { Email, Fact } from '../../../lambdas/core/email/email.ts';
import type { Endpoint } from '../../../lambdas/core/webhook/endpoint.ts';
import { WEBHOOK_EVENTS } from '../../../lambdas/core/webhook/endpoint.ts';
import {
  failureWebhooks,
  messagesOf,
  webhooksOf,
} from '../../../lambdas/core/webhook/webhook-event.ts';
import { ACCOUNT, anEmail, EMAIL } from '../email/fakes.ts';
import { at } from '../email/ses-events.ts';

const email: Email = anEmail({
  from: 'Shop <shop@example.com>',
  to: ['Ada <Ada@Bücher.example>', 'bob@example.org'],
});
const about = { recipient: 0, at: at(5) };
const delivered: Fact = { type: 'delivered', ...about };
const bounced: Fact = {
  type: 'bounced',
  ...about,
  bounceType: 'Permanent',
  bounceSubType: 'General',
};
const rejected: Fact = { type: 'rejected', at: at(5), reason: 'Bad content' };
const body = (fact: Fact) => JSON.stringify(webhooksOf(email, [fact])[0]?.body);

function anEndpoint(changes: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 'b'.repeat(24),
    account: ACCOUNT,
    url: 'https://hooks.example.com/',
    environment: 'live',
    events: WEBHOOK_EVENTS,
    secrets: [],
    createdAt: at(0),
    ...changes,
  };
}

describe("a webhook's body", () => {
  const rest = `"from":"Shop <shop@example.com>","subject":"Hello","timestamp":"${at(5)}"`;
  const to = `"emailId":"${EMAIL}","to":"Ada@Bücher.example"`;

  it.each<[string, Fact, string]>([
    ['email.delivered', delivered, `{"event":"email.delivered",${to},${rest}}`],
    [
      'email.complained',
      { type: 'complained', ...about, suspects: 2 },
      `{"event":"email.complained",${to},${rest}}`,
    ],
    [
      'email.bounced',
      bounced,
      `{"event":"email.bounced",${to},"bounceType":"Permanent","bounceSubType":"General","timestamp":"${at(5)}"}`,
    ],
    ['email.sent', { type: 'sent', at: at(5) }, `{"event":"email.sent",${to},${rest}}`],
    [
      'email.delivery_delayed',
      { type: 'delivery_delayed', ...about, delayType: 'IPFailure' },
      `{"event":"email.delivery_delayed",${to},${rest},"delayType":"IPFailure"}`,
    ],
    [
      'email.failed',
      rejected,
      `{"event":"email.failed",${to},${rest},"failure":{"code":"rejected","message":"Amazon SES took the mail and then did not send it: Bad content"}}`,
    ],
  ])('of %s has exactly these keys in this order', (_, fact, expected) => {
    expect(body(fact)).toBe(expected);
  });
});

describe('webhooks', () => {
  it('are one for each recipient that a fact is about', () => {
    expect(webhooksOf(email, [delivered])).toHaveLength(1);
    const tos = webhooksOf(email, [rejected]).map((each) => (each.body as { to: string }).to);
    expect(tos).toEqual(['Ada@Bücher.example', 'bob@example.org']);
  });

  it('of an email that we gave up say why, for each recipient, and none of one that was sent', () => {
    const failure = { code: 'expired', message: 'Too late.', at: at(9) };
    const failed = { ...email, phase: 'failed', failure } as const;
    const [first, second, ...more] = failureWebhooks(failed);
    expect(JSON.stringify(first?.body)).toBe(
      `{"event":"email.failed","emailId":"${EMAIL}","to":"Ada@Bücher.example","from":"Shop <shop@example.com>","subject":"Hello","timestamp":"${at(9)}","failure":{"code":"expired","message":"Too late."}}`,
    );
    expect(second).toMatchObject({ event: 'email.failed', at: at(9) });
    expect(more).toEqual([]);
    expect(failureWebhooks({ ...failed, taken: true })).toEqual([]);
    expect(failureWebhooks(email)).toEqual([]);
  });
});

describe('messages', () => {
  const ids = (facts: Fact[], endpoints = [anEndpoint()], of = email) =>
    messagesOf(of, webhooksOf(of, facts), endpoints).map(({ id }) => id);

  it('go to each endpoint that wants the event', () => {
    const endpoints = [
      anEndpoint(),
      anEndpoint({ id: 'c'.repeat(24), events: ['email.bounced'] }),
      anEndpoint({ id: 'd'.repeat(24), disabled: { reason: 'Gone.', at: at(0) } }),
      anEndpoint({ id: 'e'.repeat(24), environment: 'test' }),
    ];
    const messages = messagesOf(email, webhooksOf(email, [delivered]), endpoints);
    expect(messages).toEqual([
      {
        account: ACCOUNT,
        endpoint: 'b'.repeat(24),
        id: expect.stringMatching(/^msg_/),
        event: {
          type: 'email.delivered',
          emailId: EMAIL,
          environment: 'live',
          body: body(delivered),
        },
      },
    ]);
    expect(messages.every((message) => is(webhookMessageSchema, message))).toBe(true);
    const test: Email = { ...email, environment: 'test' };
    const heard = messagesOf(test, webhooksOf(test, [delivered]), endpoints);
    expect(heard.map(({ endpoint }) => endpoint)).toEqual(['e'.repeat(24)]);
  });

  it('have an id that is the same again, and another for all that differs', () => {
    expect(ids([bounced])).toEqual(ids([{ ...bounced }]));
    const others = [
      ids([bounced]),
      ids([{ ...bounced, at: at(6) }]),
      ids([{ ...bounced, recipient: 1 }]),
      ids([{ ...bounced, bounceSubType: 'NoEmail' }]),
      ids([{ ...bounced, diagnostic: 'smtp; 550' }]),
      ids([delivered]),
      ids([bounced], [anEndpoint({ id: 'c'.repeat(24) })]),
      ids([bounced], [anEndpoint()], { ...email, id: 'f'.repeat(24) }),
    ];
    expect(new Set(others.flat()).size).toBe(others.length);
  });

  it('about one event and several recipients have an id each', () => {
    expect(new Set(ids([{ type: 'sent', at: at(5) }])).size).toBe(2);
    const idsOf = (code: string, of = email) => {
      const failed: Email = {
        ...of,
        phase: 'failed',
        failure: { code, message: 'No.', at: at(9) },
      };
      return messagesOf(failed, failureWebhooks(failed), [anEndpoint()]).map(({ id }) => id);
    };
    const others = [...idsOf('expired'), ...idsOf('x'), ...idsOf('x', { ...email, id: 'f' })];
    expect(new Set(others).size).toBe(6);
    expect(idsOf('expired')).toEqual(others.slice(0, 2));
  });
});
