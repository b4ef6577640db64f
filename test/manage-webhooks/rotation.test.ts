import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signingSecrets, webhookHeaders } from '../../lambdas/core/webhook/signature.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { unseal, type WebhookWorld, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const HOUR = 60 * 60 * 1000;

/** The headers that a webhook would have at the world's time; signed now, since verifiers look at theirs. */
async function headersOf({ endpoints, account, clock }: WebhookWorld, id: string, body: string) {
  const endpoint = await endpoints.find({ account, endpoint: id });
  const secrets = signingSecrets(endpoint!, clock.now).map(({ ciphertext }) =>
    unseal(account, id, ciphertext),
  );
  return webhookHeaders({ id: 'msg_x', body, environment: 'live' }, secrets, Date.now());
}

const verifies = (secret: string, body: string, headers: Record<string, string>) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

describe('rotating a secret', () => {
  it('shows a new one; for 24 hours both sign, then the new one alone', async () => {
    const world = webhookWorld(fixture.table);
    const { id, secret: old } = await world.create();
    const { status, body } = await world.live('rotate', { id });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, secret: expect.stringMatching(/^whsec_/) });
    expect(body.secret).not.toBe(old);
    const text = '{"event":"email.delivered"}';
    const checked = async () => {
      const headers = await headersOf(world, id, text);
      expect(verifies(body.secret, `${text} `, headers)).toBe(false);
      return [old, body.secret].map((secret) => verifies(secret, text, headers));
    };
    expect(await checked()).toEqual([true, true]);
    world.clock.now += 24 * HOUR - 1;
    expect(await checked()).toEqual([true, true]);
    world.clock.now += 1;
    expect(await checked()).toEqual([false, true]);
  });

  it('is a 409 that says when while five secrets sign, and works again from then on', async () => {
    const { live, create, clock, account, endpoints } = webhookWorld(fixture.table);
    const { id } = await create();
    const firstEnds = new Date(clock.now + 24 * HOUR).toISOString();
    for (let count = 1; count < 5; count += 1) {
      expect((await live('rotate', { id })).status).toBe(200);
      clock.now += HOUR;
    }
    const refused = await live('rotate', { id });
    expect(refused).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(refused.body.message).toContain(firstEnds);
    clock.now = Date.parse(firstEnds);
    expect((await live('rotate', { id })).status).toBe(200);
    // Those that have ended are forgotten.
    expect((await endpoints.find({ account, endpoint: id }))?.secrets).toHaveLength(5);
  });

  it('by several requests at once shows nobody a secret that does not sign', async () => {
    const world = webhookWorld(fixture.table);
    const { id } = await world.create();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => world.live('rotate', { id })),
    );
    const shown = answers.filter(({ status }) => status === 200).map(({ body }) => body.secret);
    expect(shown.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const text = '{}';
    const headers = await headersOf(world, id, text);
    for (const secret of shown) expect(verifies(secret, text, headers)).toBe(true);
  });

  it('that another rotation overtakes is a 409, and changes nothing', async () => {
    const { account, endpoints, create } = webhookWorld(fixture.table);
    const overtaking = {
      async seal({ endpoint }: { endpoint: string }) {
        const other = { ciphertext: 'b3RoZXI=', createdAt: new Date().toISOString() };
        await endpoints.update({ account, endpoint }, { secrets: [other] });
        return 'bWluZQ==';
      },
    };
    const { id } = await create();
    const { as } = webhookWorld(fixture.table, { vault: overtaking });
    const answer = await as({ account })('rotate', { id });
    expect(answer).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(answer.text).not.toContain('whsec_');
    const stored = await endpoints.find({ account, endpoint: id });
    expect(stored?.secrets).toMatchObject([{ ciphertext: 'b3RoZXI=' }]);
  });

  it('takes no fields', async () => {
    const { live, create } = webhookWorld(fixture.table);
    const { id } = await create();
    expect((await live('rotate', { id }, { body: {} })).status).toBe(200);
    const answer = await live('rotate', { id }, { body: { keep: '1h' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { message: "The 'keep' field is not known: there are no fields." },
    });
  });
});
