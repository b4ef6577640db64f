import { run } from './receiver/run.ts';

process.exitCode = await run(process.argv.slice(2));
