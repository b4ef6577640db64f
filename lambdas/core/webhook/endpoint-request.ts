import * as v from 'valibot';
import { note } from '../contract/limits.ts';
import type { Environment } from '../value/environment.ts';
import {
  DEFAULT_EVENTS,
  type Endpoint,
  type EndpointChanges,
  WEBHOOK_EVENTS,
  type WebhookEvent,
} from './endpoint.ts';

/** Where it may lead is for `UrlCheck.objectionTo` to say. */
const url = v.pipe(v.string('must be a string'), v.nonEmpty('must not be empty'));

/** One of the events that an endpoint can be told of. */
export const webhookEvent = v.picklist(
  WEBHOOK_EVENTS,
  `must be one of ${WEBHOOK_EVENTS.join(', ')}`,
);

const events = v.pipe(
  v.array(webhookEvent, 'must be an array of event names'),
  v.nonEmpty('must name at least one event'),
  v.check((names) => new Set(names).size === names.length, 'must not name an event twice'),
  v.metadata({ uniqueItems: true }),
);

const environment = v.picklist(['live', 'test'], "must be 'live' or 'test'");

/** Body of `POST /api/v1/webhooks`. */
export const newEndpointSchema = v.pipe(
  v.strictObject({
    url,
    environment: v.nullish(environment),
    events: v.nullish(events),
    description: v.nullish(note),
  }),
  v.title('WebhookRequest'),
);

/** Body of `PATCH /api/v1/webhooks/{id}`: an absent field stays; a `description` of null is removed. */
export const endpointChangeSchema = v.pipe(
  v.strictObject({
    url: v.optional(url),
    events: v.optional(events),
    description: v.nullish(note),
    status: v.optional(v.picklist(['enabled', 'disabled'], "must be 'enabled' or 'disabled'")),
  }),
  v.check(
    (body) => Object.values(body).some((value) => value !== undefined),
    'The body changes nothing. Give one of url, events, description and status, or several.',
  ),
  v.metadata({ title: 'WebhookChange', minProperties: 1 }),
);

/** What was asked for, with the defaults. */
export type NewEndpoint = {
  readonly url: string;
  readonly environment: Environment;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
};

/** A parsed create request, completed. */
export function newEndpoint(body: v.InferOutput<typeof newEndpointSchema>): NewEndpoint {
  return {
    url: body.url,
    environment: body.environment ?? 'live',
    events: body.events ?? DEFAULT_EVENTS,
    ...(body.description ? { description: body.description } : {}),
  };
}

/** Why an endpoint is disabled whose owner said so. */
export const BY_OWNER = 'It was disabled by request.';

/**
 * What a parsed change request changes of an endpoint. One that is disabled already keeps its reason.
 *
 * @param at ISO 8601
 */
export function changesOf(
  { status, ...body }: v.InferOutput<typeof endpointChangeSchema>,
  endpoint: Endpoint,
  at: string,
): EndpointChanges {
  const disabled = endpoint.disabled ?? { reason: BY_OWNER, at };
  return {
    ...(body.url === undefined ? {} : { url: body.url }),
    ...(body.events === undefined ? {} : { events: body.events }),
    ...(body.description === undefined ? {} : { description: body.description ?? undefined }),
    ...(status === undefined ? {} : { disabled: status === 'disabled' ? disabled : undefined }),
  };
}

/** True when the URL leads to `host`: our own API's name, with its port if that is not the usual one. */
export function leadsTo(host: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  return [target.host, target.hostname].includes(host.toLowerCase());
}
