import { randomBytes } from 'node:crypto';
import type { Account } from '../../lambdas/core/account/account.ts';
import type { SendMessage } from '../../lambdas/core/contract/messages.ts';
import type { Domain } from '../../lambdas/core/domain/domain.ts';
import type { Content, Email } from '../../lambdas/core/email/email.ts';
import type { Notice } from '../../lambdas/core/notice/notice.ts';
import { accountStore } from '../../lambdas/core/table/account-store.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { emailAccepts } from '../../lambdas/core/table/email-store.ts';
import { noticeStore } from '../../lambdas/core/table/notice-store.ts';
import { recipientIndex } from '../../lambdas/core/table/recipient-index.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import type { Table } from '../../lambdas/core/table/table.ts';
import { usageStore } from '../../lambdas/core/table/usage-store.ts';
import { createHandler, type NotifyOwnersDeps } from '../../lambdas/notify-owners/handler.ts';
import { aDomain, anAccount, memoryLog, NOW } from '../core/email/fakes.ts';
import { CONTEXT } from '../core/queue/fake-batch.ts';

const hex24 = () => randomBytes(12).toString('hex');

/** An installation on a table of its own; time stands until it is moved. */
export function tellWorld(table: Table) {
  const clock = { now: NOW };
  const accounts = accountStore(table);
  const domains = domainStore(table);
  const notices = noticeStore(table);
  const suppressions = suppressionStore(table);
  const messages: SendMessage[] = [];
  const contents: { email: Email; content: Content }[] = [];
  const { log, lines } = memoryLog();
  const deps: NotifyOwnersDeps = {
    log,
    notices,
    accounts,
    domains,
    suppressions,
    emails: emailAccepts(table, 30),
    contents: { put: async (email, content) => void contents.push({ email, content }) },
    recipients: recipientIndex(table, 30),
    usage: usageStore(table),
    queue: { send: async (message) => void messages.push(message) },
    now: () => clock.now,
    sendFor: 1000,
  };
  const account = async (changes: Partial<Account> = {}) => {
    const made = anAccount({ id: hex24(), ...changes });
    await accounts.create(made);
    return made;
  };
  /** An account of the operator with a verified domain of its own. */
  const operator = async (changes: Partial<Domain> = {}, of: Partial<Account> = {}) => {
    const { id } = await account({ plan: 'Operator', ...of });
    const domain = aDomain({ name: `d${id}.example`, account: id, ...changes });
    await domains.claim(domain);
    return { id, domain };
  };
  const owned = (email = 'ada@example.org') => account({ owner: { sub: hex24(), email } });
  const notice = (of: Account, changes: Partial<Notice> = {}) =>
    notices.put({
      account: of.id,
      kind: 'quota_80',
      about: null,
      occurrence: '2026-11',
      message: 'Most is used.',
      at: NOW,
      ...changes,
    });
  /** Emails that were really accepted: their record is there. */
  const sent = async () => {
    const found = await Promise.all(messages.map(({ account: a, id }) => deps.emails.find(a, id)));
    return new Map(found.flatMap((email) => (email ? [[email.id, email]] : [])));
  };
  const run = (changes: Partial<NotifyOwnersDeps> = {}) =>
    createHandler({ ...deps, ...changes })({}, CONTEXT);
  const outcomes = () =>
    lines.flatMap(({ message, fields }) => (message === 'notice' ? [fields.outcome] : []));
  const due = () => notices.due(clock.now, 100);
  return {
    ...{ clock, deps, accounts, domains, notices, suppressions, contents, lines },
    ...{ account, operator, owned, notice, sent, run, outcomes, due },
  };
}
