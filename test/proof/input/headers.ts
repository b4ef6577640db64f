import type { MailSummary } from '../../../local/ses/mail.ts';
import { until } from '../../kit/patience.ts';
import type { Report, Say } from '../proof.ts';
import { hostileTexts, mustBeRefused } from './hostile-texts.ts';
import { made, nextNumber } from './maker.ts';
import { type Asked, differences, type Received } from './received-mail.ts';
import type { Told, World } from './world.ts';

const AT_ONCE = 5;

type Request = Asked & { readonly tags?: readonly string[] };
/** Puts a text somewhere into a request. */
type Placement = readonly [place: string, put: (text: string, plain: Plain) => Partial<Request>];
type Plain = { readonly sender: string; readonly reader: string };

const quoted = (text: string) => `"${text.replace(/(["\\])/g, '\\$1')}"`;

const LISTS = ['to', 'cc', 'bcc', 'replyTo'] as const;
/** A list keeps a plain address beside the text, so that one that is lost shows. */
const inList = (list: (typeof LISTS)[number], text: string, { reader }: Plain) => ({
  [list]: [text, ...(list === 'to' ? [reader] : [])],
});

const PLACEMENTS: readonly Placement[] = [
  ['subject', (subject) => ({ subject })],
  ['tag', (text) => ({ tags: [text] })],
  ['address in from', (from) => ({ from })],
  ['name in from', (text, { sender }) => ({ from: `${text} <${sender}>` })],
  ['quoted name in from', (text, { sender }) => ({ from: `${quoted(text)} <${sender}>` })],
  ...LISTS.flatMap((list): Placement[] => [
    [`address in ${list}`, (text, plain) => inList(list, text, plain)],
    [`name in ${list}`, (text, plain) => inList(list, `${text} <x@example.com>`, plain)],
    [
      `quoted name in ${list}`,
      (text, plain) => inList(list, `${quoted(text)} <x@example.com>`, plain),
    ],
  ]),
];

type Sent = { readonly place: string; readonly text: string; readonly request: Request };
type Accepted = Sent & { readonly id: string };

function requestOf(put: Placement[1], text: string, { domain }: World): Request {
  const reader = `r${nextNumber()}@example.com`;
  const plain = { sender: `shop@${domain}`, reader };
  const base = { from: plain.sender, to: [reader], subject: 'Hello' };
  return { ...base, ...put(text, plain) };
}

const describe = ({ place, text }: Sent) => `${place} ${JSON.stringify(text).slice(0, 120)}`;

/** What is wrong with the answer itself; an accepted mail is looked at where it arrives. */
function answerProblems(sent: Sent, { status, body }: Told): string[] {
  if (status === 400) return body.error === 'Validation failed' ? [] : ['another error came'];
  // What it says as an address may well be of a domain that cannot send.
  if (status === 403 && sent.place === 'address in from') return [];
  if (status !== 202) return [`the answer was ${status} ${JSON.stringify(body)}`];
  return mustBeRefused(sent.text) ? ['it was accepted'] : [];
}

async function sendAll(world: World, texts: readonly string[], violations: string[]) {
  const accepted: Accepted[] = [];
  let refused = 0;
  const all = texts.flatMap((text) => PLACEMENTS.map(([place, put]) => ({ place, put, text })));
  const rest = all.values();
  const work = async () => {
    for (const { place, put, text } of rest) {
      const sent = { place, text, request: requestOf(put, text, world) };
      const told = await world.call('POST', 'emails', { ...sent.request, text: 'A body.' });
      violations.push(...answerProblems(sent, told).map((each) => `${describe(sent)}: ${each}.`));
      if (told.status === 202) accepted.push({ ...sent, id: String(told.body.id) });
      else refused += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { accepted, refused, count: all.length };
}

/** The mails in the local SES's inbox by our ids. */
async function inbox({ control }: World): Promise<Map<string, MailSummary>> {
  const found = new Map<string, MailSummary>();
  for (let next: unknown = ''; next !== null; ) {
    const page = await control(`/_local/inbox?limit=1000${next === '' ? '' : `&before=${next}`}`);
    for (const mail of page.data as MailSummary[]) found.set(mail.tags['ml-email'] ?? '', mail);
    next = page.next;
  }
  return found;
}

async function untilArrived(world: World, ids: readonly string[]) {
  let mails = await inbox(world);
  const haveArrived = async () => {
    mails = await inbox(world);
    return ids.every((id) => mails.has(id));
  };
  // What is missing at the end is told mail by mail.
  await until(haveArrived).catch(() => undefined);
  return mails;
}

async function judge(world: World, sent: Accepted, mail?: MailSummary): Promise<string[]> {
  if (!mail) {
    const { body } = await world.call('GET', `emails/${sent.id}`);
    return [`SES never got it: ${JSON.stringify(body.failure)}`];
  }
  const received = (await world.control(`/_local/inbox/${mail.id}`)) as unknown as Received;
  return await differences(sent.request, received);
}

/** SES lets everything pass, at once. */
async function openSes(world: World): Promise<void> {
  const settings = { sandbox: false, maxSendRate: 10_000, max24HourSend: -1 };
  await world.control('/_local/account', 'PUT', settings);
  await until(async () => {
    const { sending } = await made(world.call('GET', 'account'), 200);
    const { sandbox, maxSendRate } = sending as { sandbox: boolean; maxSendRate: number };
    return !sandbox && maxSendRate === settings.maxSendRate;
  }, 'The functions did not learn that SES takes more.');
}

/**
 * Hostile text in every field that reaches a mail's header: each is refused, or the mail that SES gets has
 * the headers and the recipients that were asked for and no others.
 */
export async function proveHeaders(world: World, count: number, say: Say): Promise<Report> {
  await openSes(world);
  const violations: string[] = [];
  const texts = hostileTexts(count);
  const sent = await sendAll(world, texts, violations);
  say(`${sent.count} hostile mails, ${sent.accepted.length} accepted`);
  const ids = sent.accepted.map(({ id }) => id);
  const mails = await untilArrived(world, ids);
  for (const each of sent.accepted) {
    const problems = await judge(world, each, mails.get(each.id));
    violations.push(...problems.map((problem) => `${describe(each)}: ${problem}.`));
  }
  return {
    figures: {
      'hostile texts': texts.length,
      'fields that reach a header, and ways into them': PLACEMENTS.length,
      'mails refused': sent.refused,
      'mails accepted, and compared with what was asked for': sent.accepted.length,
    },
    violations,
  };
}
