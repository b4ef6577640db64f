import { describe, expect, it } from '@jest/globals';
import { times } from '../../lambdas/core/contract/times.ts';
import { Synthesis } from './synthesis.ts';

const FOURTEEN_DAYS = 14 * 24 * 60 * 60;
const synthesis = new Synthesis();

const consumersOf = (from: Synthesis) =>
  Object.values(from.byPath('AWS::Lambda::EventSourceMapping')).map((mapping) => ({
    mapping,
    fn: from.functions()[from.functionNameOf(mapping.FunctionName)],
    queue: from.byPath('AWS::SQS::Queue')[from.name(mapping.EventSourceArn)],
  }));

describe('queues', () => {
  it('keep what nobody could take for 14 days, encrypted', () => {
    for (const queue of Object.values(synthesis.byPath('AWS::SQS::Queue'))) {
      expect(queue).toMatchObject({
        MessageRetentionPeriod: FOURTEEN_DAYS,
        SqsManagedSseEnabled: true,
      });
    }
  });

  it('pass on what fails a thousand times, and only along this way', () => {
    const redrives = Object.entries(synthesis.byPath('AWS::SQS::Queue')).map(
      ([path, { RedrivePolicy }]) =>
        RedrivePolicy === undefined
          ? `${path} ends`
          : `${path} → ${synthesis.name(RedrivePolicy.deadLetterTargetArn)} after ${RedrivePolicy.maxReceiveCount}`,
    );

    expect(redrives.sort()).toEqual([
      'Feedback/DeadLetters/Queue ends',
      'Feedback/Events/Queue → Feedback/DeadLetters/Queue after 1000',
      'Feedback/Undelivered/Queue ends',
      'Sending/DeadLetters/Queue ends',
      'Sending/Queue/Queue → Sending/Redriven/Queue after 1000',
      'Sending/Redriven/Queue → Sending/DeadLetters/Queue after 1000',
      'WebhookChannel/DeadLetters/Queue ends',
      'WebhookChannel/Queue/Queue → WebhookChannel/DeadLetters/Queue after 1000',
    ]);
  });

  it('refuse whatever does not come over TLS', () => {
    const secured = Object.values(synthesis.byPath('AWS::SQS::QueuePolicy'))
      .filter(({ PolicyDocument }) =>
        PolicyDocument.Statement.some(
          (statement: Record<string, unknown>) =>
            statement.Effect === 'Deny' &&
            JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
        ),
      )
      .map(({ Queues }) => synthesis.name(Queues[0]));

    expect(secured.sort()).toEqual(Object.keys(synthesis.byPath('AWS::SQS::Queue')).sort());
  });

  it('take messages only from our functions, except from the event topic', () => {
    const allowed = Object.values(synthesis.byPath('AWS::SQS::QueuePolicy')).flatMap(
      ({ PolicyDocument, Queues }) =>
        PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow').map(
          (statement: Record<string, never>) => ({ ...statement, queue: Queues[0] }),
        ),
    );

    expect(allowed.map(({ queue }) => synthesis.name(queue)).sort()).toEqual([
      'Feedback/Events/Queue',
      'Feedback/Undelivered/Queue',
    ]);
    for (const { Action, Principal, Condition } of allowed) {
      expect({ Action, Principal }).toEqual({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
      });
      expect(synthesis.name(Condition.ArnEquals['aws:SourceArn'])).toBe('Feedback/Topic/Topic');
    }
  });
});

describe('consumers', () => {
  it('take from these queues, this many at a time, and report single failures', () => {
    const mappings = consumersOf(synthesis).map(({ mapping, fn }) => ({
      [fn.Description]: synthesis.name(mapping.EventSourceArn),
      batch: mapping.BatchSize,
      concurrency: mapping.ScalingConfig.MaximumConcurrency,
      responses: mapping.FunctionResponseTypes,
    }));
    const responses = ['ReportBatchItemFailures'];

    expect(mappings).toHaveLength(4);
    expect(mappings).toEqual(
      expect.arrayContaining([
        { 'deliver-email': 'Sending/Queue/Queue', batch: 10, concurrency: 2, responses },
        { 'park-email': 'Sending/Redriven/Queue', batch: 10, concurrency: 2, responses },
        { 'record-event': 'Feedback/Events/Queue', batch: 10, concurrency: 2, responses },
        { 'deliver-webhook': 'WebhookChannel/Queue/Queue', batch: 10, concurrency: 2, responses },
      ]),
    );
  });

  it('leave room in a new AWS account, which runs ten functions at once', () => {
    const most = consumersOf(synthesis).map(
      ({ mapping }) => mapping.ScalingConfig.MaximumConcurrency,
    );

    expect(most.reduce((sum, each) => sum + each, 0)).toBe(8);
  });

  it('are done six times over before a message is seen again', () => {
    for (const { fn, queue } of consumersOf(synthesis)) {
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * fn.Timeout);
    }
  });

  it.each([1, 7, 60])('keep lease and timeout as the time table says at scale %s', (scale) => {
    const scaled = new Synthesis({ timeScale: scale });
    const { lease, deliverTimeout } = times(scale);
    const deliver = consumersOf(scaled).find(({ fn }) => fn.Description === 'deliver-email');

    expect(deliver?.queue.VisibilityTimeout).toBe(Math.ceil(lease / 1000));
    expect(deliver?.fn.Timeout).toBe(Math.ceil(deliverTimeout / 1000));
    expect(deliver?.fn.Environment.Variables.TIME_SCALE).toBe(String(scale));
    expect(deliver?.queue.VisibilityTimeout).toBeGreaterThan(deliver?.fn.Timeout);
  });
});
