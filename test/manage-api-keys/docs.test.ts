import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { REVOKED_DAYS } from '../../lambdas/core/api-key/api-key.ts';
import { MOST_KEYS } from '../../lambdas/core/api-key/key-limit.ts';
import { apiKeyView } from '../../lambdas/core/api-key/view.ts';
import { routeKeyOf } from '../../lambdas/core/http/route.ts';
import { routes } from '../../lambdas/manage-api-keys/route.ts';
import { aKey } from '../core/email/fakes.ts';

const text = readFileSync('docs/api.md', 'utf8');
const section = /\n## API keys\n(.*?)\n## /s.exec(text)?.[1] ?? '';

describe('docs/api.md', () => {
  it('shows of an API key exactly the keys that there are', () => {
    const shown = JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? '');
    expect(Object.keys(shown)).toEqual(Object.keys(apiKeyView(aKey())));
  });

  it('names every route, field and limit of API keys', () => {
    for (const route of Object.values(routes))
      expect(section).toContain(`\`${routeKeyOf(route)}\``);
    for (const field of Object.keys(routes.create.body.pipe[0].entries)) {
      expect(section).toContain(`\n| \`${field}\` |`);
    }
    expect(section).toContain(`at most ${MOST_KEYS} active keys`);
    expect(section).toContain(`for ${REVOKED_DAYS} days`);
  });
});
