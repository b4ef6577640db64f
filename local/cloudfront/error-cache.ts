import * as v from 'valibot';
import type { OriginAnswer } from './bucket-origin.ts';

/** A distribution's own times for errors; pages of its own for errors are refused. */
export const ERROR_RESPONSES = v.array(
  v.strictObject({ ErrorCode: v.number(), ErrorCachingMinTTL: v.optional(v.number()) }),
);

/** Errors that CloudFront keeps whatever the cache policy says, and how long if the distribution does not say: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html */
const KEPT: ReadonlySet<number> = new Set([404, 405, 414, 500, 501, 502, 503, 504]);
const DEFAULT_SECONDS = 10;

/** The answers to GET and HEAD that CloudFront keeps. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Seconds that an error of each status is kept; 0 for one that is not kept. */
export type ErrorSeconds = (status: number) => number;

/** How long a distribution keeps errors. */
export function errorSeconds(own: v.InferOutput<typeof ERROR_RESPONSES>): ErrorSeconds {
  const seconds = new Map(own.map((each) => [each.ErrorCode, each.ErrorCachingMinTTL]));
  return (status) => (KEPT.has(status) ? (seconds.get(status) ?? DEFAULT_SECONDS) : 0);
}

/** Errors of the API at the edge. Its cache policy makes the path the whole key: no query and no caller. */
export class ErrorCache {
  private readonly kept = new Map<
    string,
    { readonly until: number; readonly answer: OriginAnswer }
  >();

  private readonly seconds: ErrorSeconds;
  private readonly now: () => number;

  constructor(seconds: ErrorSeconds, now: () => number = Date.now) {
    this.seconds = seconds;
    this.now = now;
  }

  find(method: string, path: string): OriginAnswer | undefined {
    const found = METHODS.has(method) ? this.kept.get(path) : undefined;
    return found !== undefined && found.until > this.now() ? found.answer : undefined;
  }

  /** Whether an answer would be kept. A HEAD has no body that could answer a GET. */
  keeps(method: string, status: number): boolean {
    return method === 'GET' && this.seconds(status) > 0;
  }

  keep(path: string, answer: OriginAnswer): void {
    this.kept.set(path, { until: this.now() + this.seconds(answer.status) * 1000, answer });
  }
}
