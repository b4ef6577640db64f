import type { Account, AccountStore } from '../account/account.ts';
import { OPERATOR_PLAN, OPERATOR_PLAN_NAME } from '../contract/plans.ts';
import { RESERVES } from '../contract/times.ts';
import type { Domain, DomainStore } from '../domain/domain.ts';
import { type AcceptDeps, type Accepted, accept } from '../email/accept.ts';
import type {
  KeptNotice,
  NoticeMail,
  NoticeOutcome,
  NoticeRef,
  NoticeStore,
} from '../notice/notice.ts';
import type { QuotaWatch } from '../notice/quota.ts';
import { mailWords } from '../notice/words.ts';

/** What telling owners touches. */
export type NotifyDeps = Omit<AcceptDeps, 'domains' | 'quota'> & {
  readonly notices: Pick<NoticeStore, 'due' | 'find' | 'address' | 'postpone' | 'settle'>;
  readonly accounts: Pick<AccountStore, 'find' | 'list'>;
  readonly domains: Pick<DomainStore, 'find' | 'list'>;
  /** NotifyResult what became of each notice. */
  readonly onOutcome: (ref: NoticeRef, outcome: NoticeOutcome) => void;
  /** NotifyResult of one that is tried again later. */
  readonly onFailure: (ref: NoticeRef, error: unknown) => void;
};

/** What a run did; `rest`: whether time ended before the work did. */
export type NotifyResult = {
  readonly sent: number;
  readonly unsent: number;
  readonly rest: boolean;
};

type Sender = { readonly account: Account; readonly domain: string };
type FindSender = () => Promise<Sender | undefined>;

/** Notices of one look at the index. */
const PAGE = 25;
/** After a failure of our own it is tried again after so long, and given up after a day. Milliseconds. */
const PAUSE = 10 * 60_000;
const GIVE_UP = 24 * 3_600_000;

const byAge = (one: { createdAt: string }, other: { createdAt: string }) =>
  one.createdAt < other.createdAt ? -1 : 1;

/** The oldest account of the operator that has a verified domain, and the oldest such domain. */
async function findSender({ accounts, domains }: NotifyDeps): Promise<Sender | undefined> {
  const operators = (await accounts.list()).filter(({ plan }) => plan === OPERATOR_PLAN_NAME);
  for (const account of operators.sort(byAge)) {
    const all: Domain[] = await domains.list(account.id);
    const [first] = all.filter(({ status }) => status === 'verified').sort(byAge);
    if (first && account.status === 'active') return { account, domain: first.name };
  }
  return undefined;
}

/** The mail that a notice becomes: the one written down, or the one that now is. */
async function mailOf(
  ref: NoticeRef,
  notice: KeptNotice,
  to: string,
  sender: FindSender,
  deps: NotifyDeps,
): Promise<NoticeMail | undefined> {
  if (notice.mail) return notice.mail;
  const found = await sender();
  if (!found) return undefined;
  const from = `Maillayer <notices@${found.domain}>`;
  return await deps.notices.address(ref, { account: found.account.id, from, to });
}

/** A mail that went before, whatever it said, counts as sent; what no later attempt can change is refused. */
function outcomeOf(kind: Accepted['kind']): NoticeOutcome {
  if (kind === 'accepted' || kind === 'replayed' || kind === 'conflict') return 'sent';
  if (kind === 'abandoned') throw new Error('The accept of a notice was abandoned.');
  return `refused: ${kind}`;
}

/** The operator's own plan has no quota to watch. */
const UNWATCHED: QuotaWatch = { charged: async () => undefined, refused: async () => undefined };

/** Puts the mail into our own pipeline, where the key that follows from the notice keeps it from going twice. */
async function send(
  ref: NoticeRef,
  notice: KeptNotice,
  owner: Account,
  mail: NoticeMail,
  deps: NotifyDeps,
) {
  const account = await deps.accounts.find(mail.account);
  if (!account) return 'refused: no account';
  const request = { from: mail.from, to: mail.to, ...mailWords(notice, owner.name) };
  const accepted = await accept(
    {
      request,
      account,
      plan: OPERATOR_PLAN,
      key: { environment: 'live' },
      idempotencyKey: `notice ${ref.account} ${ref.id}`,
    },
    { ...deps, quota: UNWATCHED },
  );
  return outcomeOf(accepted.kind);
}

async function tellOne(
  ref: NoticeRef,
  sender: FindSender,
  deps: NotifyDeps,
): Promise<NoticeOutcome> {
  const notice = await deps.notices.find(ref);
  if (!notice) return 'given up';
  if (deps.now() - notice.at > GIVE_UP) return 'given up';
  const owner = await deps.accounts.find(ref.account);
  if (!owner) return 'no account';
  const to = owner.owner?.email;
  if (to === undefined) return 'no address';
  const mail = await mailOf(ref, notice, to, sender, deps);
  return mail ? await send(ref, notice, owner, mail, deps) : 'no operator domain';
}

async function settleOne(ref: NoticeRef, sender: FindSender, deps: NotifyDeps): Promise<boolean> {
  try {
    const outcome = await tellOne(ref, sender, deps);
    await deps.notices.settle(ref, outcome);
    deps.onOutcome(ref, outcome);
    return outcome === 'sent';
  } catch (error) {
    deps.onFailure(ref, error);
    await deps.notices.postpone(ref, deps.now() + PAUSE);
    return false;
  }
}

/**
 * Mails the owners what is due, from a verified domain of the operator and through the same pipeline as all
 * mail. First the mail is written down, then accepted under a key that follows from the notice, last the
 * notice is taken off the index: a run that dies in between is repeated and sends nothing twice. Without a
 * domain or an address the notice stays a banner.
 *
 * @param left the time left, milliseconds
 */
export async function notifyOwners(deps: NotifyDeps, left: () => number): Promise<NotifyResult> {
  let known: Promise<Sender | undefined> | undefined;
  const sender = () => {
    known ??= findSender(deps);
    return known;
  };
  const seen = new Set<string>();
  let sent = 0;
  for (;;) {
    const due = await deps.notices.due(deps.now(), PAGE);
    // The index lags behind the table: what was just taken off may still be listed.
    const fresh = due.filter(({ account, id }) => !seen.has(`${account} ${id}`));
    const result = (rest: boolean) => ({ sent, unsent: seen.size - sent, rest });
    if (fresh.length === 0) return result(false);
    for (const ref of fresh) {
      if (left() < RESERVES.notices) return result(true);
      seen.add(`${ref.account} ${ref.id}`);
      if (await settleOne(ref, sender, deps)) sent += 1;
    }
  }
}
