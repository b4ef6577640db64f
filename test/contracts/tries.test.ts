import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';
import { invitations } from '../../lambdas/core/aws/invitations.ts';
import { productionAccess } from '../../lambdas/core/aws/production-access.ts';
import { openQueues, sendQueue } from '../../lambdas/core/aws/queues.ts';
import { openRecipientIdentities } from '../../lambdas/core/aws/recipient-identities.ts';
import { sesAccount } from '../../lambdas/core/aws/ses-account.ts';
import { sesSender } from '../../lambdas/core/aws/ses-sender.ts';
import { siteBucket } from '../../lambdas/core/aws/site-bucket.ts';
import { openUserDirectory } from '../../lambdas/core/aws/user-directory.ts';
import { anEmail } from './emails.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { useEndpoint } from './table-fixture.ts';

let broken: Awaited<ReturnType<typeof startRecordingProxy>>;
beforeAll(async () => {
  broken = await startRecordingProxy();
  for (const service of ['SESV2', 'SQS', 'S3', 'COGNITO_IDENTITY_PROVIDER'] as const) {
    useEndpoint(service, broken.url);
  }
});
afterAll(() => broken.stop());
beforeEach(() => broken.answer(() => ({ status: 500 })));

const { id, account, environment, nonce } = anEmail();
const message = { id, account, environment, nonce, at: 0 };
const details = {
  mailType: 'TRANSACTIONAL',
  websiteUrl: 'https://shop.example/',
  useCaseDescription: 'Receipts.',
} as const;

it.each<[string, number, () => Promise<unknown>]>([
  ['the identity of a domain', 5, () => openDomainIdentities().find('a.example')],
  ['the identity of a recipient', 5, () => openRecipientIdentities().find('a@a.example')],
  ['the request for production access', 1, () => productionAccess()(details)],
  ['SES’s account', 2, () => sesAccount(Date.now)()],
  ['a mail', 1, () => sesSender('set', 5000).send(anEmail(), { text: 'Hi' }, 1)],
  ['a message', 4, () => sendQueue(openQueues(), `${broken.url}/1/send`).send(message)],
  ['a user', 1, () => openUserDirectory().verifiedEmail('token')],
  [
    'an invitation',
    3,
    () => invitations({ id: 'p', operators: 'o' }).invite('a@a.example', 'first password'),
  ],
  ['a file of the dashboard', 3, () => siteBucket('site').list()],
])('%s: AWS is asked %i times where it fails', async (_, tries, call) => {
  await call().catch(() => undefined);
  expect(broken.calls).toHaveLength(tries);
});
