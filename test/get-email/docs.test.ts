import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import * as v from 'valibot';
import { contentSchema } from '../../lambdas/core/email/content-view.ts';
import { statisticsSchema } from '../../lambdas/core/statistics/days.ts';

const text = readFileSync('docs/api.md', 'utf8');

it.each([
  ['## `GET /api/v1/emails/{id}/content`', contentSchema],
  ['## Statistics', statisticsSchema],
] as const)('docs/api.md shows under %s what is answered', (heading, schema) => {
  const under = text.slice(text.indexOf(`\n${heading}\n`));
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(under)?.[1] ?? '');
  expect(v.safeParse(schema as v.GenericSchema, shown).issues).toBeUndefined();
});
