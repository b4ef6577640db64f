import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { times } from '../lambdas/core/contract/times.ts';
import type { ServiceFunction } from './service-function.ts';
import { visibilityFor, WorkQueue } from './work-queue.ts';

/** What those share who make webhooks, sign them and deliver them: the queue, and the key of the secrets. */
export class WebhookChannel extends Construct {
  readonly queue: WorkQueue;
  readonly deadLetterQueue: WorkQueue;
  /** The longest that a call of the queue's consumer takes. */
  readonly timeout: Duration;
  /** Encrypts signing secrets. It outlives its stack, as the table with the secrets does; a first deployment that is rolled back leaves none, which would cost $1 a month. */
  private readonly key: Key;

  constructor(scope: Construct, id: string, props: { readonly timeScale: number }) {
    super(scope, id);
    this.timeout = Duration.seconds(Math.ceil(times(props.timeScale).webhookTimeout / 1000));
    this.deadLetterQueue = new WorkQueue(this, 'DeadLetters');
    this.queue = new WorkQueue(this, 'Queue', {
      visibilityTimeout: visibilityFor(this.timeout),
      redriveTo: this.deadLetterQueue,
    });
    this.key = new Key(this, 'SecretKey', {
      description: 'Encrypts the signing secrets of webhook endpoints',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  /** Lets `fn` encrypt new secrets, or decrypt them to sign. */
  grantSecrets(
    fn: ServiceFunction<{ SECRET_KEY_ID: string }>,
    action: 'Encrypt' | 'Decrypt',
  ): void {
    fn.allow([`kms:${action}`], [this.key.keyArn]);
    fn.setVariable('SECRET_KEY_ID', this.key.keyId);
  }
}
