import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emailView } from '../../lambdas/core/email/view.ts';
import { emailReads } from '../../lambdas/core/table/email-store.ts';
import { SEED, SIZES } from '../proof/sizes.ts';
import { harmful, harmless } from './mutations.ts';
import { type EventOf, hex24, inParallel, openWorld, type Scene, type World } from './world.ts';

const EACH = SIZES.events.mutations;
const WIDTH = 16;
const ADA = 'ada@example.org';
const BOB = 'bob@example.org';

const EVENTS: readonly EventOf[] = [
  (ses) => ses.send(),
  (ses) => ses.delivery([ADA, BOB]),
  (ses) => ses.bounce([ADA]),
  (ses) => ses.bounce([BOB], { subType: 'Suppressed' }),
  (ses) => ses.complaint([ADA, BOB]),
  (ses) => ses.delay([BOB]),
  (ses) => ses.reject(),
  (ses) => ses.renderingFailure(),
];

let world: World;
let account: string;
beforeAll(async () => {
  world = await openWorld();
  ({ account } = (await world.open()).email);
});
afterAll(() => world.stop());

/** Hands one body over, about an email of its own; what was said of it in the log. */
async function recordBody(make: typeof harmless, event: EventOf, seed: number) {
  const changes = { id: hex24(), nonce: hex24(), to: [ADA, BOB] };
  const scene = await world.open({ changes, account });
  const original = event(scene.ses);
  if (typeof original === 'string') throw new Error('An event was foreseen.');
  const [body = ''] = fc.sample(make(original), { numRuns: 1, seed });
  const failures = await scene.record(() => body);
  return { scene, body, failures, outcome: String(scene.lines[0]?.fields.outcome) };
}

async function factsOf({ email }: Scene): Promise<number> {
  const found = await emailReads(world.table).find(email.account, email.id);
  if (!found) throw new Error('The record is gone.');
  expect(Object.keys(emailView(found))).toHaveLength(15);
  return found.facts.length;
}

/** Runs `check` for `EACH` bodies of all events, each with a seed of its own. */
async function forEach(check: (event: EventOf, seed: number) => Promise<void>): Promise<void> {
  console.log(`${EACH} mutated events. Seed ${SEED}; give it again as MAILLAYER_SEED.`);
  const cases = Array.from({ length: EACH }, (_, i) => i);
  await inParallel(cases, WIDTH, async (i) => {
    const event = EVENTS[i % EVENTS.length];
    if (event) await check(event, SEED + i);
  });
}

describe('a mutated event', () => {
  it('that keeps its type, our tags and its recipients is applied', async () => {
    await forEach(async (event, seed) => {
      const { scene, body, failures, outcome } = await recordBody(harmless, event, seed);
      expect({ body, failures, outcome }).toEqual({ body, failures: 0, outcome: 'recorded' });
      expect(await factsOf(scene)).toBeGreaterThan(0);
      expect(scene.parked).toEqual([]);
    });
  });

  it('of any kind crashes nothing, and is recorded, late or a dead letter', async () => {
    const seen = new Map<string, number>();
    await forEach(async (event, seed) => {
      const { scene, body, failures, outcome } = await recordBody(harmful, event, seed);
      expect({ body, failures }).toEqual({ body, failures: 0 });
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      const facts = await factsOf(scene);
      const kept =
        outcome === 'recorded'
          ? facts > 0
          : outcome.startsWith('late') || scene.parked.length === 1;
      expect({ body, outcome, kept }).toEqual({ body, outcome, kept: true });
    });
    console.log(Object.fromEntries(seen));
    const kinds = ['recorded', 'unknown_recipient', 'unreadable_event'];
    expect([...seen.keys()]).toEqual(expect.arrayContaining(kinds));
  });
});
