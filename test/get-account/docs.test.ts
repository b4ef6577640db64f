import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { masked } from '../../lambdas/core/log/mask.ts';
import { accountSchema } from '../../lambdas/core/overview/account-view.ts';
import { requestSchema } from '../../lambdas/core/request-log/view.ts';
import { SENDING_STATES } from '../../lambdas/core/sending/state.ts';

const text = readFileSync('docs/api.md', 'utf8');

/** What the documents show under a heading. */
function shown(heading: string) {
  const under = text.slice(text.indexOf(`\n${heading}\n`));
  return JSON.parse(/```json\n(.*?)```/s.exec(under)?.[1] ?? '');
}

describe('docs/api.md', () => {
  it('shows an account as it is answered, with every state of sending explained', () => {
    const account = shown('## Account');
    expect(v.safeParse(accountSchema, account).issues).toBeUndefined();
    expect(Object.keys(account)).toEqual(Object.keys(accountSchema.pipe[0].entries));
    for (const state of SENDING_STATES) expect(text).toContain(`\n| \`${state}\` |`);
  });

  it('shows a refused request as it is answered, masked', () => {
    const request = shown('## Requests');
    expect(v.safeParse(requestSchema, request).issues).toBeUndefined();
    expect(Object.keys(request)).toEqual(Object.keys(requestSchema.pipe[0].entries));
    expect(masked(request.message)).toBe(request.message);
    const time = Date.parse(request.time).toString(36).padStart(9, '0');
    expect(request.id).toBe(`req_${time}_0`);
  });
});
