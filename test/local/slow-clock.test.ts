import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const clock = join(import.meta.dirname, '..', '..', 'local', 'slow-clock.ts');

/** Waits in every way there is; prints how long each took, by the machine's time and by the clock, in milliseconds. */
const SCRIPT = `
import ${JSON.stringify(clock)};
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
const waits = {
  setTimeout: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  setInterval: (ms) => new Promise((resolve) => { const timer = setInterval(() => resolve(clearInterval(timer)), ms); }),
  promisified: promisify(setTimeout),
  'timers/promises': sleep,
  'AbortSignal.timeout': (ms) => new Promise((resolve) => {
    const awake = setInterval(() => undefined, 1000);
    AbortSignal.timeout(ms).addEventListener('abort', () => resolve(clearInterval(awake)));
  }),
};
const results = {};
for (const [name, wait] of Object.entries(waits)) {
  const [real, shown] = [performance.now(), Date.now()];
  await wait(40);
  results[name] = [performance.now() - real, Date.now() - shown];
}
const dates = [new Date(5).getTime(), new Date(2020, 0, 1) instanceof Date, new Date().getTime() - Date.now() <= 1];
console.log(JSON.stringify({ results, dates, started: Date.now() }));
`;

function run(setting?: string) {
  const { MAILLAYER_SLOW_CLOCK: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    encoding: 'utf8',
    env: { ...env, NODE_OPTIONS: '', ...(setting ? { MAILLAYER_SLOW_CLOCK: setting } : {}) },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as {
    readonly results: Readonly<Record<string, readonly [real: number, shown: number]>>;
    readonly dates: readonly unknown[];
    readonly started: number;
  };
}

describe('the slow clock', () => {
  const since = Date.UTC(2026, 0, 1);

  it('makes every wait longer by its factor, and shows none of it', () => {
    const { results } = run(`5@${since}`);

    expect(Object.keys(results)).toHaveLength(5);
    for (const [real, shown] of Object.values(results)) {
      // A timer never fires early, but for a millisecond of rounding.
      expect(real).toBeGreaterThanOrEqual(5 * 40 - 1);
      expect(shown).toBeLessThanOrEqual(Math.ceil(real / 5) + 1);
    }
  });

  it('goes on from where it was set, in every process alike', () => {
    const before = Date.now();

    const { started, dates } = run(`5@${since}`);

    expect(started).toBeGreaterThanOrEqual(since + Math.floor((before - since) / 5));
    expect(started).toBeLessThan(before);
    expect(dates).toEqual([5, true, true]);
  });

  it('is the machine’s own clock without the setting', () => {
    const before = Date.now();

    const { started, results } = run();

    expect(started).toBeGreaterThanOrEqual(before);
    for (const [real, shown] of Object.values(results)) expect(shown).toBeGreaterThan(real - 2);
  });
});
