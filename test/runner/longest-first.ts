import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';
import { ROOT } from './part.ts';
import { LONGEST } from './parts.ts';

// Its types are those of what `require` gives, not of what `import` does.
const { default: Sequencer } = createRequire(import.meta.url)(
  '@jest/test-sequencer',
) as typeof import('@jest/test-sequencer', { with: { 'resolution-mode': 'require' }});

type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

function rankOf({ path }: Tests[number]): number {
  const rank = LONGEST.indexOf(relative(ROOT, path).split(sep).join('/'));
  return rank === -1 ? LONGEST.length : rank;
}

/** Jest's own order, behind the files that take longest. */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    return (await super.sort(tests)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
