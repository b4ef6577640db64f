import { LIMITS } from '../core/contract/limits.ts';
import type { ApiRequest, HttpDeps } from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { collect, type PageQuery } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import type { Delivery, DeliveryStore } from '../core/webhook/delivery.ts';
import type { Endpoint, EndpointStore } from '../core/webhook/endpoint.ts';
import type { WebhookQueue } from '../core/webhook/ports.ts';
import { begunAnew, testDelivery } from '../core/webhook/test-event.ts';
import { deliveryView } from '../core/webhook/view.ts';
import { findEndpoint } from './find-endpoint.ts';
import { routes } from './route.ts';

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

function noDelivery(): Refusal {
  const message =
    'No delivery with this id exists for this endpoint. Check the id; deliveries expire after the retention period.';
  return new Refusal('Not found', message);
}

async function findDelivery(
  request: ApiRequest,
  endpoint: Endpoint,
  deps: DeliveryDeps,
): Promise<Delivery> {
  const id = request.path.deliveryId ?? '';
  const known = /^msg_[0-9a-z]{9}_[0-9a-f]{24}$/.test(id);
  const ref = { account: endpoint.account, endpoint: endpoint.id, id };
  const delivery = known ? await deps.deliveries.find(ref) : undefined;
  if (!delivery) throw noDelivery();
  request.note({ delivery: id });
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
export async function sendTest(request: ApiRequest, deps: DeliveryDeps): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  const { event } = parseBody(routes.test.body, request.body);
  checkEnabled(endpoint);
  const delivery = testDelivery(endpoint, event ?? 'email.delivered', beginning(deps));
  if (!(await deps.deliveries.put(delivery, undefined))) {
    throw new Error('A random delivery id was taken.');
  }
  await enqueue(delivery, deps);
  return json(202, deliveryView(delivery));
}

/** `GET /api/v1/webhooks/{id}/deliveries`. */
export async function listDeliveries(request: ApiRequest, deps: DeliveryDeps): Promise<Reply> {
  const { account, id } = await findEndpoint(request, deps);
  const query = parseBody(routes.deliveries.query, request.query);
  const { limit = LIMITS.pageSize.default, cursor, status } = query;
  const bound = [account, 'deliveries', id, status];
  const read = async (page: PageQuery) => {
    const found = await deps.deliveries.list({ account, endpoint: id }, page);
    return { entries: found.deliveries, position: found.position };
  };
  const start = cursor === undefined ? {} : { position: readCursor(bound, cursor) };
  const wanted = (each: Delivery) => status === undefined || each.status === status;
  const page = await collect({ limit, ...start }, read, wanted, BOUNDS);
  const nextCursor = page.position === null ? null : writeCursor(bound, page.position);
  return json(200, { data: page.entries.map(deliveryView), nextCursor });
}

/** `GET /api/v1/webhooks/{id}/deliveries/{deliveryId}`. */
export async function showDelivery(request: ApiRequest, deps: DeliveryDeps): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  return json(200, deliveryView(await findDelivery(request, endpoint, deps)));
}

/** `POST /api/v1/webhooks/{id}/deliveries/{deliveryId}/resend`. */
export async function resend(request: ApiRequest, deps: DeliveryDeps): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  parseBody(routes.resend.body, request.body);
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
