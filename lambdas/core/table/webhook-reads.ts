import type { Delivery, DeliveryRef } from '../webhook/delivery.ts';
import type { Endpoint } from '../webhook/endpoint.ts';
import type { Health } from '../webhook/health.ts';
import { toDelivery } from './delivery-store.ts';
import { toEndpoint } from './endpoint-store.ts';
import { toHealth } from './health-store.ts';
import { getItems } from './items.ts';
import { type Key, keys } from './keys.ts';
import type { Table } from './table.ts';

/** All that the deliverer looks at before a try; what is absent does not exist. */
export type WebhookState = {
  readonly endpoint?: Endpoint;
  readonly health: Health;
  readonly delivery?: Delivery;
};

/** What a webhook message is about, in one consistent read. */
export function webhookReads(table: Table): {
  readForDelivery(ref: DeliveryRef): Promise<WebhookState>;
} {
  return {
    async readForDelivery(ref) {
      const wanted = [keys.endpoint(ref), keys.health(ref), keys.delivery(ref)];
      const items = await getItems(table, wanted);
      const at = ({ pk, sk }: Key) => items.find((item) => item.pk === pk && item.sk === sk);
      const endpoint = at(keys.endpoint(ref));
      const delivery = at(keys.delivery(ref));
      return {
        ...(endpoint ? { endpoint: toEndpoint(endpoint) } : {}),
        health: toHealth(at(keys.health(ref))),
        ...(delivery ? { delivery: toDelivery(delivery) } : {}),
      };
    },
  };
}
