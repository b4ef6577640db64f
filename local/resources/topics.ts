import {
  CreateTopicCommand,
  ListSubscriptionsCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import * as v from 'valibot';
import { StartError } from '../start-error.ts';
import type { Resource } from '../template/template.ts';

const SUBSCRIPTION = {
  TopicArn: v.string(),
  Protocol: v.string(),
  Endpoint: v.string(),
  RawMessageDelivery: v.optional(v.boolean(), false),
  FilterPolicy: v.optional(v.unknown()),
  FilterPolicyScope: v.optional(v.string()),
};

/** Creates the topic if it is not there. */
export async function deployTopic(client: SNSClient, resource: Resource): Promise<void> {
  resource.properties({}, ['DisplayName', 'KmsMasterKeyId', 'Tags', 'TopicName']);
  await client.send(new CreateTopicCommand({ Name: resource.name }));
}

/** Makes the subscriptions exactly those of the template. */
export async function deploySubscriptions(
  client: SNSClient,
  resources: readonly Resource[],
): Promise<void> {
  const before = await client.send(new ListSubscriptionsCommand({}));
  for (const { SubscriptionArn } of before.Subscriptions ?? []) {
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
  }
  for (const resource of resources) await subscribe(client, resource);
}

async function subscribe(client: SNSClient, resource: Resource): Promise<void> {
  // Delivery to a local queue cannot fail, so nothing ever needs the subscription's dead-letter queue.
  const wanted = resource.properties(SUBSCRIPTION, ['RedrivePolicy']);
  if (wanted.Protocol !== 'sqs') {
    throw new StartError(
      `${resource.logicalId} subscribes by ${wanted.Protocol}; the local system delivers to sqs only.`,
    );
  }
  const attributes: Record<string, string> = {
    RawMessageDelivery: String(wanted.RawMessageDelivery),
  };
  if (wanted.FilterPolicy !== undefined) {
    attributes.FilterPolicy = JSON.stringify(wanted.FilterPolicy);
  }
  if (wanted.FilterPolicyScope !== undefined) {
    attributes.FilterPolicyScope = wanted.FilterPolicyScope;
  }
  await client.send(
    new SubscribeCommand({
      TopicArn: wanted.TopicArn,
      Protocol: wanted.Protocol,
      Endpoint: wanted.Endpoint,
      Attributes: attributes,
    }),
  );
}
