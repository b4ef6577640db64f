import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LIMITS } from '../../../lambdas/core/contract/limits.ts';
import { collect } from '../../../lambdas/core/http/pages.ts';
import type { PageQuery } from '../../../lambdas/core/value/page.ts';

/** A store over `all` whose position is the index of the next entry. */
function listOf(all: readonly number[]) {
  const queries: PageQuery[] = [];
  const read = async (query: PageQuery) => {
    queries.push(query);
    const start = Number(query.position ?? 0);
    const end = start + query.limit;
    return { entries: all.slice(start, end), position: end < all.length ? String(end) : null };
  };
  return { read, queries };
}

describe('a filtered list', () => {
  it('comes whole and in order, however it is cut into pages', async () => {
    const lists = fc.array(fc.nat({ max: 9 }), { maxLength: 1200 });
    const limits = fc.integer({ min: 1, max: LIMITS.pageSize.most });
    await fc.assert(
      fc.asyncProperty(lists, limits, fc.nat({ max: 9 }), async (all, limit, least) => {
        const { read, queries } = listOf(all);
        const keep = (value: number) => value >= least;
        const seen: number[] = [];
        let position: string | null = '0';
        while (position !== null) {
          const before: number = queries.length;
          const page: Awaited<ReturnType<typeof collect<number>>> = await collect(
            { limit, position },
            read,
            keep,
          );
          expect(page.entries.length).toBeLessThanOrEqual(limit);
          const reads = queries.slice(before).reduce((sum, query) => sum + query.limit, 0);
          expect(reads).toBeLessThan(LIMITS.pageReads + limit);
          seen.push(...page.entries);
          position = page.position;
        }
        expect(seen).toEqual(all.filter(keep));
      }),
    );
  });
});
