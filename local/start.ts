import './slow-clock.ts';

// Lambda runs in UTC, and threads have the zone of their process.
process.env.TZ = 'UTC';

// Node says of node:sqlite, which the emulators use, that it is experimental; nobody can act on that.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.error(warning);
});

const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
