import { createHash } from 'node:crypto';
import type { Account } from '../account/account.ts';
import {
  type MonthlyUsage,
  monthlyLimit,
  monthOf,
  secondsToNextMonth,
  type UsageStore,
} from '../account/usage.ts';
import type { ApiKey } from '../api-key/api-key.ts';
import type { SendMessage } from '../contract/messages.ts';
import type { Plan } from '../contract/plans.ts';
import { type DomainStore, maySendFrom } from '../domain/domain.ts';
import type { QuotaWatch } from '../notice/quota.ts';
import type { SuppressionStore } from '../suppression/suppression.ts';
import { type Mailbox, mailboxOf } from '../value/address.ts';
import { idempotentId, randomId } from '../value/id.ts';
import type { Content, Email } from './email.ts';
import type { ContentStore, EmailStore, RecipientIndex } from './email-store.ts';
import { recipientsOf, type SendRequest } from './send-request.ts';

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)]);
}

/** Equal for requests that are the same JSON value, whatever their spacing and order of keys. */
export function fingerprintOf(request: SendRequest): string {
  const hash = createHash('sha256').update(JSON.stringify(canonical(request)));
  return hash.digest('hex').slice(0, 32);
}

/** What accepting touches. */
export type AcceptDeps = {
  readonly emails: Pick<EmailStore, 'find' | 'put'>;
  readonly contents: Pick<ContentStore, 'put'>;
  readonly recipients: RecipientIndex;
  readonly domains: Pick<DomainStore, 'find'>;
  readonly suppressions: Pick<SuppressionStore, 'findSuppressed'>;
  readonly usage: Pick<UsageStore, 'charge' | 'refund'>;
  readonly quota: QuotaWatch;
  readonly queue: { send(message: SendMessage): Promise<void> };
  readonly now: () => number;
  /** How long after it was accepted a mail may still go out, milliseconds. */
  readonly sendFor: number;
};

/** One authenticated, valid request. */
export type Submission = {
  readonly request: SendRequest;
  readonly idempotencyKey?: string;
  /** Which environment it is for, and the only domain that it may be from. */
  readonly key: Pick<ApiKey, 'environment' | 'domain'>;
  readonly account: Account;
  readonly plan: Plan;
};

/** What became of a submission. */
export type Accepted =
  | { readonly kind: 'accepted' | 'replayed'; readonly email: Email }
  /** The idempotency key was used with another body. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'foreign-domain'; readonly domain: string; readonly only: string }
  | { readonly kind: 'unverified'; readonly domain: string }
  | { readonly kind: 'suppressed'; readonly addresses: string[] }
  | { readonly kind: 'quota'; readonly limit: number; readonly retryAfter: number }
  /** A consumer gave this accept up before it came to its commit; nothing was accepted. */
  | { readonly kind: 'abandoned' };

function newEmail(submission: Submission, deps: AcceptDeps): Email {
  const { request, key, account, idempotencyKey } = submission;
  const { html, text, ...envelope } = request;
  const now = deps.now();
  const { environment } = key;
  return {
    id: idempotencyKey ? idempotentId(account.id, environment, idempotencyKey) : randomId(),
    account: account.id,
    environment,
    ...envelope,
    createdAt: new Date(now).toISOString(),
    fingerprint: fingerprintOf(request),
    nonce: randomId(),
    sendBy: now + deps.sendFor,
    phase: 'queued',
    attempt: 0,
    unanswered: 0,
    taken: false,
    facts: [],
  };
}

function replay(found: Email, email: Email): Accepted {
  return found.fingerprint === email.fingerprint
    ? { kind: 'replayed', email: found }
    : { kind: 'conflict' };
}

async function refusalOf(
  { account, key }: Submission,
  email: Email,
  recipients: readonly Mailbox[],
  deps: AcceptDeps,
): Promise<Accepted | undefined> {
  if (account.status === 'suspended') return { kind: 'suspended' };
  const { domain } = mailboxOf(email.from);
  if (key.domain !== undefined && key.domain !== domain) {
    return { kind: 'foreign-domain', domain, only: key.domain };
  }
  const [found, suppressed] = await Promise.all([
    deps.domains.find(domain),
    deps.suppressions.findSuppressed(
      account.id,
      recipients.map((each) => each.key),
      deps.now(),
    ),
  ]);
  if (!maySendFrom(found, account.id)) return { kind: 'unverified', domain };
  if (suppressed.length === 0) return undefined;
  const named = recipients.filter((each) => suppressed.includes(each.key));
  return { kind: 'suppressed', addresses: named.map((each) => each.address) };
}

/**
 * A refusal, unless the same key was accepted while this request was being checked: then its first answer counts,
 * whatever has become of domain, list or quota since.
 */
async function unlessAccepted(
  refusal: Accepted,
  { idempotencyKey }: Submission,
  email: Email,
  { emails }: AcceptDeps,
): Promise<Accepted> {
  if (idempotencyKey === undefined) return refusal;
  const found = await emails.find(email.account, email.id);
  return found ? replay(found, email) : refusal;
}

/** Content and index first, then the message, then the record: the put is the commit. */
async function store(
  email: Email,
  content: Content,
  recipients: readonly Mailbox[],
  deps: AcceptDeps,
) {
  await Promise.all([
    deps.contents.put(email, content),
    deps.recipients.add(
      email,
      recipients.map((each) => each.key),
    ),
  ]);
  const { account, id, environment, nonce } = email;
  await deps.queue.send({ account, id, environment, nonce, at: deps.now() });
  return await deps.emails.put(email);
}

function contentOf({ html, text }: SendRequest): Content {
  return { ...(html === undefined ? {} : { html }), ...(text === undefined ? {} : { text }) };
}

/**
 * Takes an email in, or says why not. Checks go in the order of docs/api.md: replay or conflict, the 403s,
 * the month's quota. Whatever fails on the way throws, and then nothing was accepted.
 */
export async function accept(submission: Submission, deps: AcceptDeps): Promise<Accepted> {
  const { account, key, plan, request } = submission;
  const email = newEmail(submission, deps);
  if (submission.idempotencyKey !== undefined) {
    const found = await deps.emails.find(account.id, email.id);
    if (found) return replay(found, email);
  }
  const recipients = recipientsOf(request);
  const refusal = await refusalOf(submission, email, recipients, deps);
  if (refusal) return await unlessAccepted(refusal, submission, email, deps);
  const { environment } = key;
  const usage: MonthlyUsage = { account: account.id, environment, month: monthOf(deps.now()) };
  const limit = monthlyLimit(plan, environment);
  const total = await deps.usage.charge(usage, recipients.length, limit);
  if (total === undefined) {
    const retryAfter = secondsToNextMonth(deps.now());
    const full: Accepted = { kind: 'quota', limit: limit ?? 0, retryAfter };
    const answer = await unlessAccepted(full, submission, email, deps);
    if (answer === full) await deps.quota.refused(usage, limit ?? 0);
    return answer;
  }
  await deps.quota.charged(usage, recipients.length, total, limit);
  const result = await store(email, contentOf(request), recipients, deps);
  if (result.kind === 'stored') return { kind: 'accepted', email };
  if (result.kind === 'abandoned') return { kind: 'abandoned' };
  await deps.usage.refund(usage, recipients.length);
  return replay(result.email, email);
}
