import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'valibot';
import { hider, openQueues, parking } from '../core/aws/queues.ts';
import { vaultOpens } from '../core/aws/secret-vault.ts';
import { times, webhookSteps } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { createCounts } from '../core/log/metrics.ts';
import { createEgress } from '../core/net/egress.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { deliveryWork } from '../core/table/delivery-store.ts';
import { endpointDisabling } from '../core/table/endpoint-store.ts';
import { healthStore } from '../core/table/health-store.ts';
import { laneStore } from '../core/table/lane-store.ts';
import { noticePuts } from '../core/table/notice-store.ts';
import { openTable } from '../core/table/table.ts';
import { webhookReads } from '../core/table/webhook-reads.ts';
import type { WebhookCount } from '../core/webhook/delivering.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);
const queues = openQueues();
const scale = Number(env.TIME_SCALE);
const scaled = times(scale);
const now = Date.now;
const { count, counted } = createCounts<WebhookCount>('deliver-webhook');

export const handler = lambdaHandler(
  counted(
    createHandler({
      count,
      log: createLog('deliver-webhook'),
      look: webhookReads(table).readForDelivery,
      endpoints: endpointDisabling(table),
      deliveries: deliveryWork(table, Number(env.RETENTION_DAYS)),
      notices: noticePuts(table),
      health: healthStore(table),
      lanes: laneStore(table),
      laneCount: Number(env.LANES),
      vault: vaultOpens(env.SECRET_KEY_ID, { now }),
      egress: createEgress({
        // Set by the local runner alone; a test proves that the template never does.
        local: process.env.MAILLAYER_LOCAL !== undefined,
        ports: env.WEBHOOK_PORTS.split(',').map(Number),
        ownHosts: env.OWN_HOSTS.split(','),
        deadlineMs: scaled.webhookDeadline,
        now,
      }),
      hide: hider(queues, env.WEBHOOK_QUEUE_URL),
      park: parking(queues, env.DEAD_LETTER_QUEUE_URL),
      times: scaled,
      steps: webhookSteps(scale),
      now,
      random: Math.random,
      sleep: (milliseconds) => sleep(milliseconds),
    }),
  ),
);
