import { randomUUID } from 'node:crypto';
import type { AccountState } from './account.ts';
import type { Address } from './address.ts';
import { type ConfigurationSets, wants } from './configuration-sets.ts';
import { SesError } from './errors.ts';
import { eventsOf } from './events.ts';
import { PAUSED, RATE_EXCEEDED } from './faults.ts';
import type { Identities, Identity } from './identities.ts';
import type { Mail } from './mail.ts';
import type { Mails } from './mails.ts';
import type { Outbox } from './outbox.ts';
import { isSimulatorAddress } from './outcomes.ts';
import type { Quota, Rate } from './rate.ts';
import type { SendRequest } from './send-request.ts';
import { type Store, transaction } from './store.ts';

export type AcceptParts = {
  readonly db: Store;
  readonly account: AccountState;
  readonly identities: Identities;
  readonly configurationSets: ConfigurationSets;
  readonly mails: Mails;
  readonly outbox: Outbox;
  readonly rate: Rate;
  readonly quota: Quota;
  readonly now: () => number;
};

export type Throttle = 'throttledByRate' | 'throttledByQuota';

/** A refusal for want of room, which says what there was no room in. */
export class ThrottledError extends SesError {
  readonly throttle: Throttle;

  constructor(throttle: Throttle, message: string) {
    super('TooManyRequestsException', message);
    this.throttle = throttle;
  }
}

/** Accepts a mail: it and all its events are on disk when this returns the mail. */
export type Accept = (request: SendRequest, region: string) => Mail;

/** @throws SesError when the account, the identity, the rate or the quota does not allow it */
export function createAccept(parts: AcceptParts): Accept {
  const { db, mails, outbox, rate, quota } = parts;
  const addSend = db.prepare('INSERT INTO sends (at, recipients) VALUES (?, ?)');
  return (request, region) => {
    const now = parts.now();
    const set = findConfigurationSet(parts, request.mail.configurationSet);
    checkAccount(parts);
    const identity = checkIdentities(parts, request, region);
    const count = request.recipients.length;
    checkRoom(parts, count, now);
    const receivedAt = new Date(now).toISOString();
    const mail = { id: messageId(now), receivedAt, ...request.mail };
    transaction(db, () => {
      mails.insert(mail);
      addSend.run(now, count);
      const topicArn = set?.topicArn;
      if (!set || topicArn === undefined) return;
      for (const event of eventsOf(mail, { region, identity: identity.name })) {
        if (wants(set, event.type)) outbox.add(topicArn, event.message, event.at);
      }
    });
    rate.take(now, count);
    quota.add(now, count);
    outbox.wake();
    return mail;
  };
}

function findConfigurationSet({ configurationSets }: AcceptParts, name: string | null) {
  if (name === null) return undefined;
  const set = configurationSets.get(name);
  if (set) return set;
  throw new SesError('NotFoundException', `Configuration set <${name}> does not exist.`);
}

function checkAccount({ account }: AcceptParts): void {
  const { enforcementStatus, sendingEnabled } = account.settings();
  if (enforcementStatus === 'SHUTDOWN') {
    throw new SesError('AccountSuspendedException', 'This account may not send email any more.');
  }
  if (!sendingEnabled) throw new SesError('SendingPausedException', PAUSED);
}

function checkIdentities(parts: AcceptParts, request: SendRequest, region: string): Identity {
  const { identities, account } = parts;
  const needed: readonly Address[] = account.settings().sandbox
    ? [request.from, ...request.recipients.filter((address) => !isSimulatorAddress(address))]
    : [request.from];
  const failed = needed.filter((address) => !identities.verifiedFor(address));
  const identity = identities.verifiedFor(request.from);
  if (failed.length > 0 || !identity) {
    const names = [...new Set(failed.map(({ written }) => written))].join(', ');
    throw new SesError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${names}`,
    );
  }
  if (identity.mailFrom?.rejectOnMxFailure && identity.mailFrom.status !== 'SUCCESS') {
    const message = `The MAIL FROM domain ${identity.mailFrom.domain} is not verified.`;
    throw new SesError('MailFromDomainNotVerifiedException', message);
  }
  return identity;
}

function checkRoom({ account, rate, quota }: AcceptParts, count: number, now: number): void {
  const { max24HourSend } = account.settings();
  if (max24HourSend !== -1 && quota.used(now) + count > max24HourSend) {
    throw new ThrottledError('throttledByQuota', 'Daily message quota exceeded.');
  }
  if (!rate.hasRoom(now)) throw new ThrottledError('throttledByRate', RATE_EXCEEDED);
}

/** SES's form: a stamp that begins with the time, a UUID, six zeros. */
function messageId(now: number): string {
  return `0100${now.toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
}
