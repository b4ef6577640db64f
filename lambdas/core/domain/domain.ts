import type { Page, PageQuery } from '../value/page.ts';
import type { Dkim, Finding } from './dns-records.ts';

/** A sending domain, claimed by one account. */
export type Domain = Dkim & {
  /** Punycode, lower case. */
  readonly name: string;
  readonly account: string;
  readonly status: 'pending' | 'verified' | 'failed';
  /** Why it cannot send, or what threatens that; a sentence or two for people. */
  readonly reason?: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it was first verified; stays when it is demoted. */
  readonly verifiedAt?: string;
  readonly checkedAt?: string;
  /** When the wait for its records began; `createdAt` where absent. */
  readonly pendingSince?: string;
  /** Since when a verified domain's own look-up misses its DKIM records. */
  readonly lostSince?: string;
  /** What the last check found, in the order of its records. */
  readonly findings?: readonly Finding[];
  /** When the schedule looks at it again, epoch milliseconds; absent when it does not. */
  readonly nextCheckAt?: number;
  /** Who had the name before. */
  readonly former?: Former;
};

/** An account that had a name, and what makes the records that its DNS may still hold. */
export type Former = Dkim & { readonly account: string };

/** A name that nobody has any more, but that was verified once. */
export type Released = Former & { readonly releasedAt: string };

/** What may change of a claim; a key that is there and undefined is removed. */
export type DomainChanges = {
  readonly [K in
    | 'reason'
    | 'verifiedAt'
    | 'checkedAt'
    | 'pendingSince'
    | 'lostSince'
    | 'findings'
    | 'nextCheckAt'
    | 'dkimZone']?: Domain[K] | undefined;
} & Partial<Pick<Domain, 'status' | 'dkimTokens'>>;

/** Where domains are kept. */
export type DomainStore = {
  /** By name, with a consistent read. */
  find(name: string): Promise<Domain | undefined>;
  /** The trace of a name that was verified once and given up. */
  findReleased(name: string): Promise<Released | undefined>;
  /** Claims a name that is free; false when it is claimed, by whomever, or bears a trace. */
  claim(domain: Domain): Promise<boolean>;
  /** Claims a name in place of what was read of it; false when that has changed meanwhile. */
  takeOver(domain: Domain, from: Domain | Released): Promise<boolean>;
  /** Changes a claim where nobody has checked or changed it since it was read; otherwise undefined. */
  keep(seen: Domain, changes: DomainChanges): Promise<Domain | undefined>;
  /** Gives a name up and leaves the trace of who had it; false when the account does not hold it. */
  release(domain: Domain, at: string): Promise<boolean>;
  /** Gives a name up without a trace; false when the account does not hold it. */
  remove(domain: Domain): Promise<boolean>;
  /** All domains of an account, newest first. */
  list(account: string): Promise<Domain[]>;
  /** One page of them. */
  page(account: string, query: PageQuery): Promise<Page<Domain>>;
  /** Names whose `nextCheckAt` is up to `until`, the earliest first; a forecast. */
  due(until: number, limit: number): Promise<string[]>;
};

/**
 * Which names count against an account's plan. One item for each account, so that adds at the same moment
 * cannot pass the limit together. A name is claimed before it gets a place.
 */
export type DomainPlaces = {
  /** True when the name has a place, from now or from before; false when there is no room. */
  take(account: string, name: string, limit: number | null): Promise<boolean>;
  free(account: string, names: readonly string[]): Promise<void>;
  list(account: string): Promise<string[]>;
};

/** True when `account` may send from the domain. */
export function maySendFrom(domain: Domain | undefined, account: string): boolean {
  return domain?.account === account && domain.status === 'verified';
}

/** When the wait for its records began, epoch milliseconds. */
export function pendingSince({ pendingSince: since, createdAt }: Domain): number {
  return Date.parse(since ?? createdAt);
}
