import * as v from 'valibot';
import type { Template } from '../template/template.ts';

/** A configuration set of SES and where its events go. */
export interface ConfigurationSet {
  readonly name: string;
  readonly topicArn: string;
  /** As CloudFormation writes them: `send`, `delivery`, … */
  readonly eventTypes: readonly string[];
}

const DESTINATION = {
  ConfigurationSetName: v.string(),
  EventDestination: v.object({
    Enabled: v.optional(v.boolean(), true),
    MatchingEventTypes: v.array(v.string()),
    SnsDestination: v.object({ TopicARN: v.string() }),
  }),
};

/** The template's configuration sets with an event destination that is switched on. */
export function readConfigurationSets(template: Template): readonly ConfigurationSet[] {
  for (const set of template.resources('AWS::SES::ConfigurationSet')) {
    // TLS, reputation and the account-wide suppression list have nothing to act on here.
    set.properties({}, [
      'DeliveryOptions',
      'Name',
      'ReputationOptions',
      'SendingOptions',
      'SuppressionOptions',
      'Tags',
    ]);
  }
  return template
    .resources('AWS::SES::ConfigurationSetEventDestination')
    .map((resource) => resource.properties(DESTINATION, []))
    .filter(({ EventDestination }) => EventDestination.Enabled)
    .map(({ ConfigurationSetName, EventDestination }) => ({
      name: ConfigurationSetName,
      topicArn: EventDestination.SnsDestination.TopicARN,
      eventTypes: EventDestination.MatchingEventTypes,
    }));
}
