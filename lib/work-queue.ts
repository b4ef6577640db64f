import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** SQS's maximum: a message waits out long outages, and only what never succeeds moves on. */
const MAX_RECEIVE_COUNT = 1000;

/** AWS advises a visibility timeout of at least this many times the consumer's timeout. */
const VISIBILITY_FACTOR = 6;

/** The visibility timeout of a queue whose consumer takes at most `timeout`. */
export function visibilityFor(timeout: Duration): Duration {
  return Duration.seconds(VISIBILITY_FACTOR * timeout.toSeconds());
}

export interface WorkQueueProps {
  /** @default SQS's 30 seconds, for a queue that only people read */
  readonly visibilityTimeout?: Duration;
  /** Where SQS puts a message after 1,000 receives. @default none */
  readonly redriveTo?: WorkQueue;
}

export interface FeedOptions {
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

type QueueUrls<Variable extends string> = { readonly [K in Variable]: string };

/** An encrypted queue that keeps its messages for 14 days, SQS's maximum. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps = {}) {
    super(scope, id);
    const { visibilityTimeout, redriveTo } = props;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(visibilityTimeout && { visibilityTimeout }),
      ...(redriveTo && {
        deadLetterQueue: { queue: redriveTo.queue, maxReceiveCount: MAX_RECEIVE_COUNT },
      }),
    });
  }

  /** Lets `fn` send here and puts the queue's URL into its `variable`. */
  grantSend<Variable extends `${string}_QUEUE_URL`>(
    fn: ServiceFunction<QueueUrls<Variable>>,
    variable: Variable,
  ): void {
    this.grant(fn, 'SendMessage', variable);
  }

  /** Lets `fn` choose when a message that it received is seen again. */
  grantHide<Variable extends `${string}_QUEUE_URL`>(
    fn: ServiceFunction<QueueUrls<Variable>>,
    variable: Variable,
  ): void {
    this.grant(fn, 'ChangeMessageVisibility', variable);
  }

  /** Makes `fn` the consumer of this queue; it reports the messages of a batch that failed. */
  feed<Env extends object>(fn: ServiceFunction<Env>, options: FeedOptions): void {
    fn.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      [this.queue.queueArn],
    );
    new EventSourceMapping(fn, 'Feed', {
      target: fn.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: options.batchSize,
      maxConcurrency: options.maxConcurrency,
      reportBatchItemFailures: true,
    });
  }

  private grant<Variable extends `${string}_QUEUE_URL`>(
    fn: ServiceFunction<QueueUrls<Variable>>,
    action: 'SendMessage' | 'ChangeMessageVisibility',
    variable: Variable,
  ): void {
    fn.allow([`sqs:${action}`], [this.queue.queueArn]);
    fn.setVariable(variable, this.queue.queueUrl);
  }
}
