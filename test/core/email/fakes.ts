import type { Account } from '../../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../../lambdas/core/api-key/api-key.ts';
import type { SendMessage } from '../../../lambdas/core/contract/messages.ts';
import type { Domain } from '../../../lambdas/core/domain/domain.ts';
import type { Email } from '../../../lambdas/core/email/email.ts';
import type { Log } from '../../../lambdas/core/log/logger.ts';

/** Ids of the one account and email that the tests are about. */
export const ACCOUNT = 'a'.repeat(24);
export const EMAIL = 'e'.repeat(24);
export const NONCE = '1'.repeat(24);
/** 2026-11-23T05:50:00.250Z. */
export const NOW = Date.UTC(2026, 10, 23, 5, 50, 0, 250);

/** A part of an interface: whatever else is touched throws. */
export function only<T extends object>(what: string, part: Partial<T>): T {
  const get = (target: Partial<T>, key: string | symbol) => {
    if (typeof key === 'symbol' || key === 'then' || key in target) return Reflect.get(target, key);
    throw new Error(`${what}.${key} was not foreseen.`);
  };
  return new Proxy(part, { get }) as T;
}

/** An accepted live email that nobody has tried to deliver. */
export function anEmail(changes: Partial<Email> = {}): Email {
  return {
    id: EMAIL,
    account: ACCOUNT,
    environment: 'live',
    from: 'shop@example.com',
    to: 'ada@example.org',
    subject: 'Hello',
    createdAt: new Date(NOW).toISOString(),
    fingerprint: 'f'.repeat(32),
    nonce: NONCE,
    sendBy: NOW + 24 * 3600 * 1000,
    phase: 'queued',
    attempt: 0,
    unanswered: 0,
    taken: false,
    facts: [],
    ...changes,
  };
}

/** The send queue's message for {@link anEmail}. */
export function aMessage(changes: Partial<SendMessage> = {}): SendMessage {
  return {
    account: ACCOUNT,
    id: EMAIL,
    environment: 'live',
    nonce: NONCE,
    at: NOW,
    ...changes,
  };
}

/** An active account on the Starter plan. */
export function anAccount(changes: Partial<Account> = {}): Account {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return { id: ACCOUNT, name: 'Shop', plan: 'Starter', status: 'active', createdAt, ...changes };
}

/** A key of {@link anAccount}; its id fits no text. */
export function aKey(changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: '0'.repeat(64),
    account: ACCOUNT,
    name: 'server',
    environment: 'live',
    scope: 'full',
    last4: 'abcd',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

/** The account's verified domain. */
export function aDomain(changes: Partial<Domain> = {}): Domain {
  return {
    name: 'example.com',
    account: ACCOUNT,
    status: 'verified',
    dkimTokens: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

/** A log that remembers its lines. */
export function memoryLog() {
  const lines: { message: string; fields: Record<string, unknown>; error?: unknown }[] = [];
  const write = (message: string, fields: Record<string, unknown>, error?: unknown) =>
    void lines.push({ message, fields, error });
  const log: Log = { info: write, error: write };
  return { log, lines };
}
