import { describe, expect, it } from '@jest/globals';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();
const only = (type: string) => {
  const found = Object.values(synthesis.byPath(type));
  expect(found).toHaveLength(1);
  return found[0];
};

describe('the configuration set', () => {
  it('measures reputation, leaves suppression to us and prefers TLS', () => {
    expect(only('AWS::SES::ConfigurationSet')).toEqual({
      DeliveryOptions: { TlsPolicy: 'OPTIONAL' },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: [] },
    });
  });

  it.each([true, 'true'])('demands TLS when requireTls is %p', (requireTls) => {
    const [set] = Object.values(new Synthesis({ requireTls }).byPath('AWS::SES::ConfigurationSet'));

    expect(set.DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
  });

  it('publishes exactly these seven kinds of event, never open or click, which rewrite the mail', () => {
    const { EventDestination, ConfigurationSetName } = only(
      'AWS::SES::ConfigurationSetEventDestination',
    );

    expect(synthesis.name(ConfigurationSetName)).toBe('Mail/ConfigurationSet');
    expect(EventDestination).toEqual({
      Enabled: true,
      MatchingEventTypes: [
        'send',
        'deliveryDelay',
        'delivery',
        'bounce',
        'complaint',
        'reject',
        'renderingFailure',
      ],
      SnsDestination: { TopicARN: expect.anything() },
    });
    expect(synthesis.name(EventDestination.SnsDestination.TopicARN)).toBe('Feedback/Topic/Topic');
  });

  it('gets its destination only after SES may publish there', () => {
    const [destination] = Object.values(
      synthesis.template.findResources('AWS::SES::ConfigurationSetEventDestination'),
    );
    const policies = Object.keys(synthesis.template.findResources('AWS::SNS::TopicPolicy'));

    expect(destination?.DependsOn).toEqual(policies);
  });
});

describe('the event topic', () => {
  it('lets nobody publish but SES, for this account and configuration set, over TLS', () => {
    const { Statement } = only('AWS::SNS::TopicPolicy').PolicyDocument;
    const [denied, allowed] = Statement;

    expect(Statement).toHaveLength(2);
    expect(denied).toMatchObject({
      Effect: 'Deny',
      Action: 'sns:Publish',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(allowed).toMatchObject({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'ses.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(Object.keys(allowed.Condition)).toEqual(['StringEquals']);
    expect(synthesis.name(allowed.Condition.StringEquals['aws:SourceArn'])).toBe(
      'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:configuration-set/Mail/ConfigurationSet',
    );
  });

  it('is a standard topic whose messages reach the event queue as SES wrote them', () => {
    const subscription = only('AWS::SNS::Subscription');

    expect(only('AWS::SNS::Topic') ?? {}).toEqual({});
    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    expect(synthesis.name(subscription.TopicArn)).toBe('Feedback/Topic/Topic');
    expect(synthesis.name(subscription.Endpoint)).toBe('Feedback/Events/Queue');
    expect(synthesis.name(subscription.RedrivePolicy.deadLetterTargetArn)).toBe(
      'Feedback/Undelivered/Queue',
    );
  });
});
