import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { times } from '../lambdas/core/contract/times.ts';
import type { Env as DeliverEmailEnv } from '../lambdas/deliver-email/env.ts';
import type { Env as ParkEmailEnv } from '../lambdas/park-email/env.ts';
import type { Env as RefreshGateEnv } from '../lambdas/refresh-gate/env.ts';
import type { Configuration } from './configuration.ts';
import type { ContentBucket } from './content-bucket.ts';
import type { EmailTable } from './email-table.ts';
import type { MailConfigurationSet } from './mail-configuration-set.ts';
import { ServiceFunction } from './service-function.ts';
import { visibilityFor, WorkQueue } from './work-queue.ts';

/** Each minute, SES is asked for the account's rate, quota and health. */
export class SendingGate extends Construct {
  constructor(scope: Construct, id: string, { table }: { readonly table: EmailTable }) {
    super(scope, id);
    const refreshGate = new ServiceFunction<RefreshGateEnv>(this, 'refresh-gate', {
      timeout: Duration.seconds(10),
      environment: {},
    });
    table.grant(refreshGate, 'UpdateItem');
    // SES knows no resource for this action.
    refreshGate.allow(['ses:GetAccount'], ['*']);
    refreshGate.every(Duration.minutes(1));
  }
}

export interface SendingProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly content: ContentBucket;
  readonly configurationSet: MailConfigurationSet;
  /** Where events of our own go: a test key's simulated ones, and that an email was given up. */
  readonly eventQueue: WorkQueue;
}

const wholeSeconds = (milliseconds: number) => Duration.seconds(Math.ceil(milliseconds / 1000));

/** An accepted email goes to SES, or is parked with a reason. */
export class Sending extends Construct {
  readonly sendQueue: WorkQueue;
  /** For people to look at: what can never be delivered. */
  private readonly deadLetterQueue: WorkQueue;
  /** What SQS itself took off the send queue, on its way to `park-email`. */
  private readonly redriven: WorkQueue;

  constructor(scope: Construct, id: string, props: SendingProps) {
    super(scope, id);
    const { lease, deliverTimeout } = times(props.configuration.timeScale);
    const parkTimeout = Duration.seconds(30);
    this.deadLetterQueue = new WorkQueue(this, 'DeadLetters');
    this.redriven = new WorkQueue(this, 'Redriven', {
      visibilityTimeout: visibilityFor(parkTimeout),
      redriveTo: this.deadLetterQueue,
    });
    this.sendQueue = new WorkQueue(this, 'Queue', {
      visibilityTimeout: wholeSeconds(lease),
      redriveTo: this.redriven,
    });
    this.deliver(wholeSeconds(deliverTimeout), props);
    this.park(parkTimeout, props);
  }

  private deliver(timeout: Duration, { configuration, ...props }: SendingProps): void {
    const deliverEmail = new ServiceFunction<DeliverEmailEnv>(this, 'deliver-email', {
      timeout,
      environment: { TIME_SCALE: String(configuration.timeScale) },
    });
    props.table.grant(deliverEmail, 'GetItem', 'BatchGetItem', 'UpdateItem');
    props.content.grant(deliverEmail, 'GetObject');
    props.configurationSet.grantSendEmail(deliverEmail);
    props.eventQueue.grantSend(deliverEmail, 'EVENT_QUEUE_URL');
    this.deadLetterQueue.grantSend(deliverEmail, 'DEAD_LETTER_QUEUE_URL');
    this.sendQueue.grantHide(deliverEmail, 'SEND_QUEUE_URL');
    this.sendQueue.feed(deliverEmail, {
      batchSize: configuration.deliverBatchSize,
      maxConcurrency: configuration.deliverConcurrency,
    });
  }

  private park(timeout: Duration, { configuration, table, eventQueue }: SendingProps): void {
    const parkEmail = new ServiceFunction<ParkEmailEnv>(this, 'park-email', {
      timeout,
      environment: {},
    });
    table.grant(parkEmail, 'GetItem', 'UpdateItem');
    eventQueue.grantSend(parkEmail, 'EVENT_QUEUE_URL');
    this.deadLetterQueue.grantSend(parkEmail, 'DEAD_LETTER_QUEUE_URL');
    this.redriven.feed(parkEmail, {
      batchSize: configuration.parkBatchSize,
      maxConcurrency: configuration.parkConcurrency,
    });
  }
}
