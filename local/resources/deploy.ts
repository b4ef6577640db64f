import type { Clients } from '../emulators/clients.ts';
import type { Template } from '../template/template.ts';
import { deployBucket } from './bucket.ts';
import { deployQueue } from './queues.ts';
import { deployTable } from './table.ts';
import { deploySubscriptions, deployTopic } from './topics.ts';

/** Creates the template's tables, buckets, queues, topics and subscriptions in the emulators. */
export async function deployResources(template: Template, clients: Clients): Promise<void> {
  const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const buckets = template.resources('AWS::S3::Bucket');
  const queues = template.resources('AWS::SQS::Queue');
  const topics = template.resources('AWS::SNS::Topic');
  await Promise.all([
    ...tables.map((table) => deployTable(clients.dynamodb, table)),
    ...buckets.map((bucket) => deployBucket(clients.s3, bucket)),
    ...queues.map((queue) => deployQueue(clients.sqs, queue)),
    ...topics.map((topic) => deployTopic(clients.sns, topic)),
  ]);
  await deploySubscriptions(clients.sns, template.resources('AWS::SNS::Subscription'));
}
