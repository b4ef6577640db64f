import type { Email } from '../../../lambdas/core/email/email.ts';
import { emailReads } from '../../../lambdas/core/table/email-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { createHandler } from '../../../lambdas/get-email/handler.ts';
import { routes } from '../../../lambdas/get-email/route.ts';
import { anEmail, emailStore } from '../../contracts/emails.ts';
import type { FunctionUnderTest, World } from '../world.ts';

const at = '2026-11-23T12:00:10.000Z';

/** Mails that have been through everything that a view can show. */
const MAILS: readonly Partial<Email>[] = [
  { cc: ['cleo@example.com'], bcc: ['dan@example.com'], replyTo: 'shop@sender.example' },
  { to: ['bob@example.com', 'Eve <eve@example.com>'], replyTo: ['a@x.example', 'b@x.example'] },
  { phase: 'failed', failure: { code: 'outcome_unknown', message: 'Nobody knows.', at } },
  { deferred: { code: 'throttled', message: 'SES is busy.', at }, attempt: 2, unanswered: 1 },
  { tags: ['welcome'], phase: 'sent', taken: true, takenAt: at },
  {
    to: ['bob@example.com', 'eve@example.com'],
    phase: 'sent',
    taken: true,
    facts: [
      { type: 'sent', at },
      { type: 'delivery_delayed', recipient: 0, at, delayType: 'MailboxFull', diagnostic: '452' },
      { type: 'bounced', recipient: 0, at, bounceType: 'Permanent', bounceSubType: 'General' },
      { type: 'delivered', recipient: 1, at },
      { type: 'complained', recipient: 1, at, suspects: 2, feedbackType: 'abuse' },
    ],
  },
  { phase: 'sent', taken: true, facts: [{ type: 'rejected', reason: 'Bad content', at }] },
];

const CONTENT = { html: '<p>Hello</p>' };

/** Keeps the mails; their ids. */
async function keep({ account, table }: World): Promise<string[]> {
  const emails = MAILS.map((more) => anEmail({ account, ...more }));
  const store = emailStore(table);
  for (const email of emails) {
    await store.put(email);
    if (email.facts.length > 0) await store.addFacts(email, email.facts);
  }
  return emails.map(({ id }) => id);
}

export const tested: FunctionUnderTest = {
  name: 'get-email',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      emails: emailReads(table),
      contents: { find: async () => CONTENT },
      gate: gateStore(table),
    }),
  cases: {
    getEmail: {
      async 200(world) {
        const ids = await keep(world);
        return world.call('getEmail', { path: { id: ids.at(-2) ?? '' } });
      },
    },
    getEmailContent: {
      async 200(world) {
        const ids = await keep(world);
        return world.call('getEmailContent', { path: { id: ids.at(0) ?? '' } });
      },
    },
    listEmails: {
      async 200(world) {
        await keep(world);
        return world.call('listEmails');
      },
    },
  },
};
