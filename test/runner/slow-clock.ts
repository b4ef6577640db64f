/** Gives each test file a slow clock that starts at the machine's time, so that no other program is ever far ahead of it. */
const [factor] = (process.env.MAILLAYER_SLOW_CLOCK ?? '').split('@');
if (factor) process.env.MAILLAYER_SLOW_CLOCK = `${factor}@${Date.now()}`;
await import('../../local/slow-clock.ts');
