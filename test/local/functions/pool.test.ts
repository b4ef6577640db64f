import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type RunningFunction } from '../../../local/functions/pool.ts';

let directory: string;
const started: RunningFunction[] = [];

const SOURCE = `
let calls = 0;
let running = 0;
let most = 0;
export const handler = async (event, context) => {
  calls += 1;
  running += 1;
  most = Math.max(most, running);
  await new Promise((resolve) => setTimeout(resolve, event.wait ?? 0));
  running -= 1;
  if (event.throw) throw new TypeError(event.throw);
  if (event.exit) process.exit(1);
  if (event.crash) { setTimeout(() => { throw new Error('later'); }); await new Promise(() => {}); }
  if (event.big) return 'x'.repeat(event.big);
  if (event.fill) for (const all = []; ; ) all.push(new Array(1e5).fill(all.length));
  if (event.nothing) return undefined;
  if (event.log) console.log(event.log);
  return {
    calls, most,
    name: context.functionName,
    requestId: context.awsRequestId,
    left: context.getRemainingTimeInMillis(),
    home: process.env.HOME ?? null,
    table: process.env.TABLE_NAME,
  };
};
`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-function-'));
  await writeFile(join(directory, 'index.mjs'), SOURCE);
  await writeFile(join(directory, 'broken.mjs'), 'throw new Error("cannot load")');
  await writeFile(
    join(directory, 'other.mjs'),
    "export const handler = async () => ({ calls: 'other' });",
  );
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(async () => {
  await Promise.all(started.splice(0).map((pool) => pool.stop()));
});

function pool({ size = 1, file = 'index', exportName = 'handler', timeoutMs = 5000 } = {}) {
  const lines: string[] = [];
  const definition = {
    name: 'some-function',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:some-function',
    file: join(directory, file),
    exportName,
    environment: { TABLE_NAME: 'the-table' },
    timeoutMs,
    memoryMb: 128,
  };
  const running = createPool(definition, size, (name, line) => lines.push(`${name}: ${line}`));
  started.push(running);
  const call = async (event: object) => {
    const result = await running.invoke(JSON.stringify(event));
    return result.ok ? (JSON.parse(result.payload) as Record<string, unknown>) : result;
  };
  return { call, lines, reload: (name: string) => running.reload(join(directory, name)) };
}

describe('a function', () => {
  it('is called with a context and only its own environment', async () => {
    const result = await pool().call({});
    expect(result).toMatchObject({ name: 'some-function', home: null, table: 'the-table' });
    expect((result as { requestId: string }).requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect((result as { left: number }).left).toBeGreaterThan(0);
  });

  it('keeps its state between calls, as a warm environment does', async () => {
    const { call } = pool();
    await call({});
    expect(await call({})).toMatchObject({ calls: 2 });
  });

  it('runs one call at a time in one environment', async () => {
    const { call } = pool({ size: 1 });
    const results = await Promise.all([call({ wait: 20 }), call({ wait: 20 }), call({})]);
    expect(results.map((result) => ('most' in result ? result.most : undefined))).toEqual([
      1, 1, 1,
    ]);
  });

  it('runs calls side by side up to its number of environments', async () => {
    const { call } = pool({ size: 2 });
    const results = await Promise.all([call({ wait: 50 }), call({ wait: 50 }), call({})]);
    expect(results.map((result) => ('calls' in result ? result.calls : 0))).toEqual([1, 1, 2]);
  });

  it('fails the call that throws and keeps the environment', async () => {
    const { call, lines } = pool();
    expect(await call({ throw: 'no' })).toEqual({
      ok: false,
      errorType: 'TypeError',
      errorMessage: 'no',
    });
    expect(await call({})).toMatchObject({ calls: 2 });
    expect(lines[0]).toBe('some-function: TypeError: no');
  });

  it('fails the call in which the process ends, and goes on in a new environment', async () => {
    const { call } = pool();
    expect(await call({ exit: true })).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await call({})).toMatchObject({ calls: 1 });
  });

  it('fails the call during which an error is thrown outside of the handler', async () => {
    const { call } = pool();
    expect(await call({ crash: true })).toMatchObject({ ok: false, errorMessage: 'later' });
    expect(await call({})).toMatchObject({ calls: 1 });
  });

  it('ends a call that exceeds the timeout, and the call that waited behind it runs', async () => {
    const { call, lines } = pool({ timeoutMs: 200 });
    const [late, next] = await Promise.all([call({ wait: 60_000 }), call({})]);
    expect(late).toMatchObject({ errorMessage: 'Task timed out after 0.20 seconds' });
    expect(next).toMatchObject({ calls: 1 });
    expect(lines).toEqual(['some-function: Task timed out after 0.20 seconds']);
  });

  it('fails each call when its module cannot be loaded', async () => {
    const { call } = pool({ file: 'broken' });
    expect(await call({})).toMatchObject({ ok: false, errorMessage: 'cannot load' });
    expect(await call({})).toMatchObject({ ok: false, errorMessage: 'cannot load' });
  });

  it('fails when the module does not export the handler', async () => {
    const { call } = pool({ exportName: 'other' });
    expect(await call({})).toMatchObject({
      errorMessage: expect.stringMatching(/index\.mjs exports no function other\.$/),
    });
  });

  it('fails a call that returns more than Lambda takes', async () => {
    expect(await pool().call({ big: 7_000_000 })).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });

  it('fails a call that needs more memory than the function has', async () => {
    const { call } = pool();
    expect(await call({ fill: true })).toMatchObject({
      errorMessage: 'Worker terminated due to reaching memory limit: JS heap out of memory',
    });
    expect(await call({})).toMatchObject({ calls: 1 });
  });

  it('answers null when nothing is returned', async () => {
    expect(await pool().call({ nothing: true })).toBeNull();
  });

  it('hands over each line that it writes', async () => {
    const { call, lines } = pool();
    await call({ log: 'one\ntwo' });
    await call({});
    expect(lines).toEqual(['some-function: one', 'some-function: two']);
  });

  it('runs other code from the next call on, while a call under way ends with its own', async () => {
    const { call, reload } = pool({ size: 1 });
    await call({});
    const underWay = call({ wait: 50 });
    await reload('other');
    expect(await underWay).toMatchObject({ calls: 2 });
    expect(await call({})).toEqual({ calls: 'other' });
    await reload('index');
    expect(await call({})).toMatchObject({ calls: 1 });
  });

  it('gives a call that waits the other code', async () => {
    const { call, reload } = pool({ size: 1 });
    const [underWay, waiting] = [call({ wait: 50 }), call({})];
    await reload('other');
    expect(await Promise.all([underWay, waiting])).toMatchObject([
      { calls: 1 },
      { calls: 'other' },
    ]);
  });
});
