import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import type { Resource } from '../template/template.ts';

const SHAPE = {
  DelaySeconds: v.optional(v.number()),
  MaximumMessageSize: v.optional(v.number()),
  MessageRetentionPeriod: v.optional(v.number()),
  ReceiveMessageWaitTimeSeconds: v.optional(v.number()),
  VisibilityTimeout: v.optional(v.number()),
  RedrivePolicy: v.optional(
    v.object({ deadLetterTargetArn: v.string(), maxReceiveCount: v.number() }),
  ),
};

/** Encryption and what may redrive into a queue are not enforced here. */
const IGNORED = [
  'KmsMasterKeyId',
  'QueueName',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
  'Tags',
];

/** Defaults of SQS, so that an attribute that the template no longer sets loses its old value. */
const DEFAULTS = {
  DelaySeconds: '0',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  RedrivePolicy: '',
} as const;

/** Creates the queue if it is not there, and gives it the attributes that the template states now. */
export async function deployQueue(client: SQSClient, resource: Resource): Promise<void> {
  const { RedrivePolicy, ...numbers } = resource.properties(SHAPE, IGNORED);
  const attributes: Record<string, string> = { ...DEFAULTS };
  for (const [name, value] of Object.entries(numbers)) attributes[name] = String(value);
  if (RedrivePolicy !== undefined) attributes.RedrivePolicy = JSON.stringify(RedrivePolicy);
  await client.send(new CreateQueueCommand({ QueueName: resource.name }));
  await client.send(
    new SetQueueAttributesCommand({ QueueUrl: resource.ref, Attributes: attributes }),
  );
}
