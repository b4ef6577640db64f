import { EncryptCommand } from '@aws-sdk/client-kms';
import { makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import { accountStore } from '../../../lambdas/core/table/account-store.ts';
import { apiKeyStore } from '../../../lambdas/core/table/api-key-store.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { endpointStore } from '../../../lambdas/core/table/endpoint-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { keyId } from '../../../lambdas/core/value/id.ts';
import { DEFAULT_EVENTS } from '../../../lambdas/core/webhook/endpoint.ts';
import { secretText } from '../../../lambdas/core/webhook/secret.ts';
import { aDomain, aKey, anAccount } from '../../core/email/fakes.ts';
import type { Engines, Item } from './engines.ts';

/** The one account of every run. */
export const ACCOUNT = 'a'.repeat(24);
const ENDPOINT = 'b'.repeat(24);
export const KEY = makeKeyText('live', 'ExplorersKeyAAAAAAAAAAAAAAAAAA');
const SECRET = Buffer.alloc(32, 7);
/** The webhook's signing secret, as its owner sees it. */
export const WEBHOOK_SECRET = secretText(SECRET);
export const DOMAIN = 'example.com';

/** What stands on the table before a run: an account with key, domain and webhook endpoint, and SES's gate. */
export async function makeSeeds(engines: Engines, now: number): Promise<readonly Item[]> {
  const { table, kms, functions } = engines;
  const createdAt = new Date(now).toISOString();
  const env = functions.find(({ environment }) => environment.SECRET_KEY_ID)?.environment;
  const sealed = await kms.send(
    new EncryptCommand({
      KeyId: env?.SECRET_KEY_ID,
      Plaintext: SECRET,
      EncryptionContext: { account: ACCOUNT, endpoint: ENDPOINT },
    }),
  );
  const ciphertext = Buffer.from(sealed.CiphertextBlob ?? []).toString('base64');
  await accountStore(table).create(anAccount({ id: ACCOUNT, plan: 'Growth' }));
  await apiKeyStore(table).create(aKey({ id: keyId(KEY), account: ACCOUNT, createdAt }));
  await domainStore(table).claim(aDomain({ name: DOMAIN, account: ACCOUNT }));
  await endpointStore(table).create({
    id: ENDPOINT,
    account: ACCOUNT,
    url: 'http://127.0.0.1:1/',
    environment: 'live',
    events: DEFAULT_EVENTS,
    secrets: [{ ciphertext, createdAt }],
    createdAt,
  });
  await gateStore(table).refresh({
    maxSendRate: 14,
    max24HourSend: 50_000,
    sentLast24Hours: 0,
    sandbox: false,
    sendingEnabled: true,
    enforcement: 'HEALTHY',
    checkedAt: now,
  });
  return await engines.items();
}
