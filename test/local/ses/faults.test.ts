import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { control, mailTo, type Running, start, until, verifyDomain } from './harness.ts';

let running: Running;
const url = () => running.ses.url;
const faults = (value: object) => control(url(), 'PUT', 'faults', value);
const stats = () => control(url(), 'GET', 'stats');
const count = async () => (await control(url(), 'GET', 'inbox?count=1')).count;

beforeEach(async () => {
  running = await start();
  await verifyDomain(url());
  await control(url(), 'PUT', 'account', { maxSendRate: 1000 });
});
afterEach(() => running.stop());

async function sendMany(n: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let i = 0; i < n; i += 1) {
    const sent = running.client.send(mailTo(`r${i}@example.org`));
    outcomes.push(
      await sent.then(
        () => 'sent',
        (error: Error) => error.name,
      ),
    );
  }
  return outcomes;
}

describe('a fault of the local SES', () => {
  it('throttles its share of calls, the same ones for the same seed', async () => {
    await faults({ throttleShare: 0.3, seed: 7 });
    const first = await sendMany(40);
    await faults({ throttleShare: 0.3, seed: 7 });
    expect(await sendMany(40)).toEqual(first);
    const throttled = first.filter((outcome) => outcome === 'TooManyRequestsException').length;
    expect(throttled).toBeGreaterThan(0);
    expect(await stats()).toMatchObject({
      accepted: 2 * (40 - throttled),
      throttledByFault: 2 * throttled,
      throttledByRate: 0,
    });
  });

  it('cuts the answer, whole or in its middle, after the mail is written', async () => {
    await faults({ cutAnswer: 1, seed: 1 });
    const outcomes = await sendMany(8);
    expect(outcomes).not.toContain('sent');
    expect(await count()).toBe(8);
    expect(await stats()).toMatchObject({ accepted: 8, acceptedThenCut: 8, underWay: 0 });
  });

  it('cuts the connection before the mail is written', async () => {
    await faults({ dropBeforeAccept: 1 });
    expect(await sendMany(3)).not.toContain('sent');
    expect(await count()).toBe(0);
    expect(await stats()).toMatchObject({ accepted: 0, dropped: 3 });
  });

  it('leaves a call without any answer, which is under way until the caller hangs up', async () => {
    await faults({ noAnswer: 1 });
    const hangUp = new AbortController();
    const sending = running.client.send(mailTo('a@example.org'), { abortSignal: hangUp.signal });
    await until(async () => ((await stats()).unanswered === 1 ? true : undefined));
    expect(await stats()).toMatchObject({ underWay: 1, accepted: 0 });
    hangUp.abort();
    await expect(sending).rejects.toThrow();
    await until(async () => ((await stats()).underWay === 0 ? true : undefined));
    expect(await count()).toBe(0);
  });

  it('holds the answer back while the mail is written already', async () => {
    await faults({ delayAnswerMs: 300 });
    const sending = running.client.send(mailTo('a@example.org'));
    await until(async () => ((await count()) === 1 ? true : undefined));
    expect(await stats()).toMatchObject({ accepted: 1, underWay: 1 });
    await sending;
  });

  it('ends when it is taken back', async () => {
    await faults({ status: 503, delayMs: 1 });
    expect(await sendMany(1)).toEqual(['ServiceUnavailableException']);
    expect(await control(url(), 'GET', 'faults')).toEqual({ status: 503, delayMs: 1 });
    expect(await control(url(), 'DELETE', 'faults')).toEqual({});
    expect(await sendMany(1)).toEqual(['sent']);
  });

  it.each([
    [{ throttle: 1 }, "'throttle' is no fault"],
    [{ throttleShare: 2 }, 'a number from 0 to 1'],
    [{ status: 404 }, '500 or 503'],
    [{ error: 'Nonsense' }, 'one of AccountSuspendedException'],
  ])('is refused when it is %j', async (value, message) => {
    expect((await faults(value)).message).toContain(message);
    expect(await control(url(), 'GET', 'faults')).toEqual({});
  });
});

describe('the statistics', () => {
  it('start over after a reset', async () => {
    await sendMany(2);
    expect(await control(url(), 'DELETE', 'stats')).toMatchObject({ accepted: 0, calls: 0 });
    await sendMany(1);
    const { firstAcceptedAt, lastAcceptedAt, accepted } = await stats();
    expect([accepted, typeof firstAcceptedAt]).toEqual([1, 'number']);
    expect(lastAcceptedAt).toBe(firstAcceptedAt);
  });
});
