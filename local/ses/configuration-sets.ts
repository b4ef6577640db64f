import { documents } from './documents.ts';
import type { SesEvent } from './events.ts';
import type { Outbox } from './outbox.ts';
import { type Store, transaction } from './store.ts';

export type ConfigurationSet = {
  readonly name: string;
  readonly topicArn?: string;
  /** As CloudFormation (`deliveryDelay`) or the API (`DELIVERY_DELAY`) writes them. */
  readonly eventTypes: readonly string[];
};

export type ConfigurationSets = {
  get(name: string): ConfigurationSet | undefined;
  put(set: ConfigurationSet): void;
};

/** What SES says, once, on a topic it was just given; it is not JSON. */
export const TOPIC_VALIDATED = 'Successfully validated SNS topic for Amazon SES event publishing.';

export function createConfigurationSets(
  db: Store,
  outbox: Outbox,
  now: () => number,
): ConfigurationSets {
  const stored = documents<ConfigurationSet>(db, 'configuration_sets');
  return {
    get: (name) => stored.get(name),
    put(set) {
      transaction(db, () => {
        const before = stored.get(set.name);
        stored.put(set.name, set);
        if (set.topicArn !== undefined && set.topicArn !== before?.topicArn) {
          outbox.add(set.topicArn, TOPIC_VALIDATED, now());
        }
      });
      outbox.wake();
    },
  };
}

/** Says whether a set asks for this kind of event. */
export function wants(set: ConfigurationSet, type: SesEvent['type']): boolean {
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  return set.eventTypes.some((name) => plain(name) === plain(type));
}
