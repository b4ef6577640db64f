import { parse } from 'valibot';
import { openQueues, webhookQueue } from '../core/aws/queues.ts';
import { vaultSeals } from '../core/aws/secret-vault.ts';
import { parsePlans } from '../core/contract/plans.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { createUrlCheck } from '../core/net/url-check.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { deliveryStore } from '../core/table/delivery-store.ts';
import { endpointStore } from '../core/table/endpoint-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

/** How long a caller waits for the look-up of a URL's name; one that takes longer is not refused. */
const LOOK_UP_MS = 5000;

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('manage-webhooks'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    endpoints: endpointStore(table),
    deliveries: deliveryStore(table, Number(env.RETENTION_DAYS)),
    queue: webhookQueue(openQueues(), env.WEBHOOK_QUEUE_URL),
    vault: vaultSeals(env.SECRET_KEY_ID),
    urls: createUrlCheck({
      // Set by the local system only; a test of the template proves that it never is on AWS.
      local: process.env.MAILLAYER_LOCAL !== undefined,
      ports: env.WEBHOOK_PORTS.split(',').map(Number),
      // The handler knows the host that a request came to.
      ownHosts: [],
      deadlineMs: LOOK_UP_MS,
    }),
    dueLease: times(Number(env.TIME_SCALE)).dueLease,
    now: Date.now,
  }),
);
