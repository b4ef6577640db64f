import type { HttpDeps } from '../core/http/api-handler.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { pageReply } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import type { Delivery, DeliveryStore } from '../core/webhook/delivery.ts';
import type { Endpoint, EndpointStore } from '../core/webhook/endpoint.ts';
import type { WebhookQueue } from '../core/webhook/ports.ts';
import { begunAnew, testDelivery } from '../core/webhook/test-event.ts';
import { deliveryView } from '../core/webhook/view.ts';
import { findEndpoint } from './find-endpoint.ts';
import type { routes } from './route.ts';

/** What managing deliveries touches. */
export type DeliveryDeps = HttpDeps & {
  readonly endpoints: Pick<EndpointStore, 'find'>;
  readonly deliveries: DeliveryStore;
  readonly queue: WebhookQueue;
  /** How long the sweeper leaves a new delivery to its message, in milliseconds. */
  readonly dueLease: number;
};

/** How often a resend is tried against those who write the same delivery. */
const MOST_RACES = 5;

/**
 * A delivery with twenty attempts and their answers has 80 KB and more, and Lambda hands back 6 MB: an answer
 * is closed at 3 MB, and a read can add about 1 MB, DynamoDB's own limit for a page.
 */
const LARGEST_PAGE = 3 * 1024 * 1024;
const BOUNDS = {
  atOnce: 10,
  isFull: (entries: readonly Delivery[]) =>
    Buffer.byteLength(JSON.stringify(entries)) > LARGEST_PAGE,
};

function checkEnabled({ disabled }: Endpoint): void {
  if (!disabled) return;
  const message = `This endpoint is disabled and receives nothing: ${disabled.reason} Enable it first, with PATCH and {"status":"enabled"}.`;
  throw new Refusal('Conflict', message);
}

type DeliveryRequest = ApiRequest<typeof routes.delivery>;

async function findDelivery(
  { params, notFound, note }: DeliveryRequest,
  endpoint: Endpoint,
  deps: DeliveryDeps,
): Promise<Delivery> {
  const ref = { account: endpoint.account, endpoint: endpoint.id, id: params.deliveryId };
  const delivery = await deps.deliveries.find(ref);
  if (!delivery) throw notFound();
  note({ delivery: delivery.id });
  return delivery;
}

const beginning = ({ now, dueLease }: DeliveryDeps) => {
  const from = now();
  return { now: from, dueAt: from + dueLease };
};

/** Only after it is stored: the message only says "go and look", and the due time covers a lost message. */
async function enqueue(
  { account, endpoint, id }: Delivery,
  { queue }: DeliveryDeps,
): Promise<void> {
  await queue.send([{ message: { account, endpoint, id }, delaySeconds: 0 }]);
}

/** `POST /api/v1/webhooks/{id}/test`. */
export async function sendTest(
  request: ApiRequest<typeof routes.test>,
  deps: DeliveryDeps,
): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  checkEnabled(endpoint);
  const delivery = testDelivery(endpoint, request.body.event ?? 'email.delivered', beginning(deps));
  if (!(await deps.deliveries.put(delivery, undefined))) {
    throw new Error('A random delivery id was taken.');
  }
  await enqueue(delivery, deps);
  return json(202, deliveryView(delivery));
}

/** `GET /api/v1/webhooks/{id}/deliveries`. */
export async function listDeliveries(
  request: ApiRequest<typeof routes.deliveries>,
  { deliveries, ...deps }: DeliveryDeps,
): Promise<Reply> {
  const { account, id } = await findEndpoint(request, deps);
  const { status } = request.query;
  return pageReply(request.page, {
    list: [account, 'deliveries', id, status],
    read: (wanted) => deliveries.list({ account, endpoint: id }, wanted),
    isVisible: (each) => status === undefined || each.status === status,
    view: deliveryView,
    bounds: BOUNDS,
  });
}

/** `GET /api/v1/webhooks/{id}/deliveries/{deliveryId}`. */
export async function showDelivery(request: DeliveryRequest, deps: DeliveryDeps): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  return json(200, deliveryView(await findDelivery(request, endpoint, deps)));
}

/** `POST /api/v1/webhooks/{id}/deliveries/{deliveryId}/resend`. */
export async function resend(
  request: ApiRequest<typeof routes.resend>,
  deps: DeliveryDeps,
): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  for (let race = 0; race < MOST_RACES; race += 1) {
    const found = await findDelivery(request, endpoint, deps);
    checkEnabled(endpoint);
    const anew = begunAnew(found, beginning(deps));
    if (await deps.deliveries.put(anew, found.mark)) {
      await enqueue(anew, deps);
      return json(202, deliveryView(anew));
    }
  }
  throw new Refusal(
    'Conflict',
    'An attempt of this delivery is under way. Send the request again.',
  );
}
