import type { UrlCheck } from '../webhook/ports.ts';
import { type Aim, takeAim } from './aim.ts';
import { type Resolve, resolverFor } from './resolve.ts';
import type { UrlRules } from './target.ts';
import { unlessAborted, within } from './within.ts';

/** What a URL is held against, and how long its name may take to resolve. */
export type UrlCheckOptions = UrlRules & {
  /** Milliseconds; a name that takes longer is not refused. */
  readonly deadlineMs: number;
  /** By default the name servers, on a laptop the machine's own resolver. */
  readonly resolve?: Resolve;
};

const UNRESOLVED: Aim = { kind: 'unresolved' };

/** The rules of outgoing requests, for code that only reads URLs. */
export function createUrlCheck(options: UrlCheckOptions): UrlCheck {
  const resolve = resolverFor(options);
  return {
    async objectionTo(url) {
      const aim = await within(options.deadlineMs, async (signal) => {
        try {
          return await unlessAborted(signal, takeAim(url, options, resolve));
        } catch (thrown) {
          if (signal.aborted) return UNRESOLVED;
          throw thrown;
        }
      });
      if (aim.kind === 'refused') return aim.objection;
      if (aim.kind !== 'private') return undefined;
      return `must lead to a public address; ${aim.address} is not one`;
    },
  };
}
