/**
 * Runs proofs in full: `npm run proof`, or `npm run proof -- races soak` for some of them. Each prints its
 * progress, then its figures; the last line is `N proofs held, N did not`.
 */
process.env.MAILLAYER_PROOF = 'full';

import { readdirSync } from 'node:fs';
import { runProgram } from '../runner/part.ts';
import type { Report, Say } from './proof.ts';

type Prove = (say: Say) => Promise<Report>;

/** A folder with a `prove.ts` is a proof. */
function proofs(): Map<string, Prove> {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true });
  const found = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return new Map([
    ['events', events],
    ...found.map((name): [string, Prove] => [
      name,
      async (say) => {
        const module = (await import(`./${name}/prove.ts`)) as { prove: Prove };
        return await module.prove(say);
      },
    ]),
  ]);
}

/** The orders, random sequences and mutations of SES's events, which are tests whose size can be set. */
async function events(): Promise<Report> {
  const names = ['orders', 'random', 'merge', 'mutations'];
  const args = names.map((name) => `test/record-event/${name}`);
  const code = await runProgram('node_modules/jest/bin/jest.js', args, '--experimental-vm-modules');
  return { figures: {}, violations: code === 0 ? [] : ['A test has failed; see above.'] };
}

async function run(name: string, prove: Prove): Promise<boolean> {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  console.log(`\n── ${name}`);
  const { figures, violations } = await prove((line) => console.log(`${seconds()}  ${line}`));
  console.table(figures);
  for (const violation of violations) console.error(`VIOLATION  ${violation}`);
  console.log(`${name}: ${violations.length === 0 ? 'held' : 'did not hold'} (${seconds()})`);
  return violations.length === 0;
}

const all = proofs();
const wanted = process.argv.length > 2 ? process.argv.slice(2) : [...all.keys()];
const unknown = wanted.filter((name) => !all.has(name));
if (unknown.length > 0) {
  console.error(`No such proof: ${unknown.join(', ')}. There are: ${[...all.keys()].join(', ')}.`);
  process.exit(1);
}
let held = 0;
for (const name of wanted) {
  const prove = all.get(name);
  if (prove && (await run(name, prove))) held += 1;
}
console.log(`\n${held} proofs held, ${wanted.length - held} did not`);
process.exitCode = held === wanted.length ? 0 : 1;
