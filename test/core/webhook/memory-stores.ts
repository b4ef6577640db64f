import { type Notice, refOf } from '../../../lambdas/core/notice/notice.ts';
import type { WebhookDeliveryDeps } from '../../../lambdas/core/webhook/delivering.ts';
import type { Delivery, DeliveryRef } from '../../../lambdas/core/webhook/delivery.ts';
import type { Due, DueStore } from '../../../lambdas/core/webhook/due.ts';
import type { Endpoint, EndpointRef } from '../../../lambdas/core/webhook/endpoint.ts';
import type { Health, LaneStore, Slot } from '../../../lambdas/core/webhook/health.ts';

/** The stores that delivering webhooks needs, in memory, by the rules of the real ones. */
export type MemoryStores = ReturnType<typeof memoryStores>;

const endpointKey = ({ account, endpoint }: EndpointRef) => `${account}/${endpoint}`;
const deliveryKey = (ref: DeliveryRef) => `${endpointKey(ref)}/${ref.id}`;

function healthIn(known: Map<string, Health>): WebhookDeliveryDeps['health'] {
  const of = (ref: EndpointRef): Health => known.get(endpointKey(ref)) ?? { slots: [] };
  const withSlot = ({ slots }: Health, index: number, slot: Slot | undefined) => {
    const changed = [0, 1, 2].map((each) => slots[each]);
    changed[index] = slot;
    return changed;
  };
  return {
    find: async (ref) => of(ref),
    async takeSlot(ref, index, slot, now) {
      const health = of(ref);
      const holder = health.slots[index];
      if (holder && holder.until > now) return false;
      known.set(endpointKey(ref), { ...health, slots: withSlot(health, index, slot) });
      return true;
    },
    async giveBack(ref, index, owner, change) {
      const health = of(ref);
      const mine = health.slots[index]?.owner === owner;
      const slots = mine ? withSlot(health, index, undefined) : health.slots;
      known.set(endpointKey(ref), { ...change, slots });
    },
  };
}

function lanesIn(held: Map<number, Slot>): LaneStore {
  return {
    async take(count, slot, now) {
      for (let index = 0; index < count; index += 1) {
        if ((held.get(index)?.until ?? 0) > now) continue;
        held.set(index, slot);
        return index;
      }
      return undefined;
    },
    async giveBack(index, owner) {
      if (held.get(index)?.owner === owner) held.delete(index);
    },
  };
}

function dueIn(deliveries: Map<string, Delivery>): DueStore {
  const shardOf = (id: string) => Number.parseInt(id.slice(-1), 16) % 4;
  const toDue = ({ account, endpoint, id, dueAt }: Delivery): Due[] =>
    dueAt === undefined ? [] : [{ ref: { account, endpoint, id }, dueAt }];
  return {
    async list(shard, until, limit) {
      const all = [...deliveries.values()].flatMap(toDue);
      const due = all.filter(({ ref, dueAt }) => shardOf(ref.id) === shard && dueAt <= until);
      return due.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
    },
    async postpone({ ref, dueAt }, to) {
      const found = deliveries.get(deliveryKey(ref));
      if (found?.dueAt !== dueAt) return false;
      deliveries.set(deliveryKey(ref), { ...found, dueAt: to });
      return true;
    },
  };
}

/** Empty stores, and what is in them. */
export function memoryStores() {
  const endpoints = new Map<string, Endpoint>();
  const deliveries = new Map<string, Delivery>();
  const health = new Map<string, Health>();
  const lanes = new Map<number, Slot>();
  const notices = new Map<string, Notice>();
  const stores = {
    async look(ref: DeliveryRef) {
      return {
        endpoint: endpoints.get(endpointKey(ref)),
        health: health.get(endpointKey(ref)) ?? { slots: [] },
        delivery: deliveries.get(deliveryKey(ref)),
      };
    },
    endpoints: {
      async disable(ref, disabled) {
        const found = endpoints.get(endpointKey(ref));
        if (!found || found.disabled) return found?.disabled;
        endpoints.set(endpointKey(ref), { ...found, disabled });
        return disabled;
      },
    } satisfies WebhookDeliveryDeps['endpoints'],
    notices: {
      put: async (notice) => void notices.set(refOf(notice).id, notice),
    } satisfies WebhookDeliveryDeps['notices'],
    deliveries: {
      async put(delivery, seen) {
        if (deliveries.get(deliveryKey(delivery))?.mark !== seen) return false;
        deliveries.set(deliveryKey(delivery), delivery);
        return true;
      },
    } satisfies WebhookDeliveryDeps['deliveries'],
    health: healthIn(health),
    lanes: lanesIn(lanes),
    due: dueIn(deliveries),
  };
  return {
    stores,
    lanes,
    notices: () => [...notices.values()],
    addEndpoint(endpoint: Endpoint) {
      endpoints.set(endpointKey({ account: endpoint.account, endpoint: endpoint.id }), endpoint);
    },
    removeEndpoint: (ref: EndpointRef) => void endpoints.delete(endpointKey(ref)),
    endpoint: (ref: EndpointRef) => endpoints.get(endpointKey(ref)),
    addDelivery: (delivery: Delivery) => void deliveries.set(deliveryKey(delivery), delivery),
    delivery: (ref: DeliveryRef) => deliveries.get(deliveryKey(ref)),
    all: () => [...deliveries.values()],
    setHealth: (ref: EndpointRef, state: Health) => void health.set(endpointKey(ref), state),
    healthOf: (ref: EndpointRef): Health => health.get(endpointKey(ref)) ?? { slots: [] },
  };
}
