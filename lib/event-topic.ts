import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { KINDS } from '../lambdas/core/email/events/kinds.ts';
import type { MailConfigurationSet } from './mail-configuration-set.ts';

/** CloudFormation's spelling of what SES calls `Rendering Failure`: `renderingFailure`. */
const lowerCamel = (name: string) =>
  name.replace(' ', '').replace(/^./, (first) => first.toLowerCase());

/** The events that SES publishes: every outcome of an email. */
const EVENT_TYPES = KINDS.flatMap(({ reports }) =>
  reports.map(({ eventType }) => lowerCamel(eventType)),
);

/** Where SES publishes what became of each mail; nobody but SES may publish. */
export class EventTopic extends Construct {
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    { configurationSet }: { readonly configurationSet: MailConfigurationSet },
  ) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic');
    const policy = new TopicPolicy(this, 'Policy', { topics: [this.topic], enforceSSL: true });
    policy.document.addStatements(
      new PolicyStatement({
        sid: 'AllowPublishBySesOnly',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': configurationSet.arn,
          },
        },
      }),
    );
    const destination = new CfnConfigurationSetEventDestination(this, 'Destination', {
      configurationSetName: configurationSet.configurationSet.configurationSetName,
      eventDestination: {
        enabled: true,
        matchingEventTypes: EVENT_TYPES,
        snsDestination: { topicArn: this.topic.topicArn },
      },
    });
    // SES tries the topic when the destination is made.
    destination.node.addDependency(policy);
  }
}
