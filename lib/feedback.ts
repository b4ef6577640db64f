import { Duration } from 'aws-cdk-lib';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { times } from '../lambdas/core/contract/times.ts';
import type { Env as RecordEventEnv } from '../lambdas/record-event/env.ts';
import type { Configuration } from './configuration.ts';
import type { EmailTable } from './email-table.ts';
import { EventTopic } from './event-topic.ts';
import type { MailConfigurationSet } from './mail-configuration-set.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface FeedbackProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly configurationSet: MailConfigurationSet;
  /** Where webhooks about what happened are put. */
  readonly webhookQueue: WorkQueue;
}

/** What SES says about a mail becomes its state, suppressions and webhooks. */
export class Feedback extends Construct {
  /** Takes SES's events, and simulated ones in the same shape. */
  readonly eventQueue: WorkQueue;

  constructor(scope: Construct, id: string, { configuration, table, ...props }: FeedbackProps) {
    super(scope, id);
    const { recordTimeout, recordVisibility } = times(configuration.timeScale);
    const timeout = Duration.seconds(Math.ceil(recordTimeout / 1000));
    const deadLetterQueue = new WorkQueue(this, 'DeadLetters');
    this.eventQueue = new WorkQueue(this, 'Events', {
      visibilityTimeout: Duration.seconds(Math.ceil(recordVisibility / 1000)),
      redriveTo: deadLetterQueue,
    });
    const topic = new EventTopic(this, 'Topic', { configurationSet: props.configurationSet });
    topic.topic.addSubscription(
      new SqsSubscription(this.eventQueue.queue, {
        rawMessageDelivery: true,
        deadLetterQueue: new WorkQueue(this, 'Undelivered').queue,
      }),
    );

    const recordEvent = new ServiceFunction<RecordEventEnv>(this, 'record-event', {
      timeout,
      environment: {},
    });
    table.grant(recordEvent, 'GetItem', 'UpdateItem', 'Query');
    props.webhookQueue.grantSend(recordEvent, 'WEBHOOK_QUEUE_URL');
    deadLetterQueue.grantSend(recordEvent, 'DEAD_LETTER_QUEUE_URL');
    this.eventQueue.feed(recordEvent, {
      batchSize: configuration.recordBatchSize,
      maxConcurrency: configuration.recordConcurrency,
    });
  }
}
