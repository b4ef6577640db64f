import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'valibot';
import { eventQueue, hider, openQueues, parking } from '../core/aws/queues.ts';
import { sesSender } from '../core/aws/ses-sender.ts';
import { simulatedSender } from '../core/aws/simulated-sender.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { accountStore } from '../core/table/account-store.ts';
import { contentReads } from '../core/table/content-store.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { emailDelivery } from '../core/table/email-store.ts';
import { gateStore, pacingClock } from '../core/table/gate-store.ts';
import { suppressionStore } from '../core/table/suppression-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);
const queues = openQueues();
const putEvent = eventQueue(queues, env.EVENT_QUEUE_URL);
const scaled = times(Number(env.TIME_SCALE));

export const handler = lambdaHandler(
  createHandler({
    log: createLog('deliver-email'),
    emails: emailDelivery(table),
    contents: contentReads(table, env.CONTENT_BUCKET),
    accounts: accountStore(table),
    domains: domainStore(table),
    suppressions: suppressionStore(table),
    gate: gateStore(table),
    clock: pacingClock(table),
    senders: {
      live: sesSender(env.CONFIGURATION_SET, scaled.sesTimeout),
      test: simulatedSender(putEvent),
    },
    hide: hider(queues, env.SEND_QUEUE_URL),
    park: parking(queues, env.DEAD_LETTER_QUEUE_URL),
    report: putEvent,
    times: scaled,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds) => sleep(milliseconds),
  }),
);
