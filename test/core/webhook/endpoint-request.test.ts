import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { Endpoint } from '../../../lambdas/core/webhook/endpoint.ts';
import {
  changesOf,
  endpointChangeSchema,
  newEndpoint,
  newEndpointSchema,
} from '../../../lambdas/core/webhook/endpoint-request.ts';
import { toldAbout } from '../http/refused-body.ts';

const URL = 'https://hooks.example/in';
const ALL = 'email.delivered, email.bounced, email.complained';
const ENDPOINT: Endpoint = {
  id: '1'.repeat(24),
  account: 'a'.repeat(24),
  url: URL,
  environment: 'live',
  events: ['email.bounced'],
  secrets: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('a request for an endpoint', () => {
  it.each([
    [{}],
    [{ environment: 'test' }],
    [{ environment: null, events: null, description: null }],
    [{ events: ['email.bounced', 'email.complained'], description: 'Orders' }],
  ])('is taken with %j', (change) => {
    expect(toldAbout(newEndpointSchema, { url: URL, ...change })).toBe('taken');
  });

  it.each([
    [{ url: 7 }, "The 'url' field must be a string."],
    [{ url: '' }, "The 'url' field must not be empty."],
    [{ environment: 'dev' }, "The 'environment' field must be 'live' or 'test'."],
    [{ events: 'email.bounced' }, "The 'events' field must be an array of event names."],
    [{ events: [] }, "The 'events' field must name at least one event."],
    [
      { events: ['email.bounced', 'email.bounced'] },
      "The 'events' field must not name an event twice.",
    ],
  ])('is refused with %j', (change, message) => {
    expect(toldAbout(newEndpointSchema, { url: URL, ...change })).toBe(message);
  });

  it('that names an event which does not exist is told which ones do', () => {
    const told = toldAbout(newEndpointSchema, { url: URL, events: ['email.opened'] });
    expect(told).toMatch(/^The 'events\[0\]' field must be one of email\./);
    for (const event of ALL.split(', ')) expect(told).toContain(event);
  });

  it('gets the defaults of docs/api.md: live, and bounces, complaints and deliveries', () => {
    const { events, ...made } = newEndpoint(v.parse(newEndpointSchema, { url: URL }));
    expect(made).toEqual({ url: URL, environment: 'live' });
    expect(events).toEqual(expect.arrayContaining(ALL.split(', ')));
    const asked = { url: URL, environment: 'test', events: ['email.sent'], description: 'Orders' };
    expect(newEndpoint(v.parse(newEndpointSchema, asked))).toEqual(asked);
  });
});

describe('a change of an endpoint', () => {
  it.each([
    [{}, 'The body changes nothing. Give one of url, events, description and status, or several.'],
    [{ status: 'paused' }, "The 'status' field must be 'enabled' or 'disabled'."],
    [{ status: 'enabled' }, 'taken'],
    [{ description: null }, 'taken'],
    [{ url: URL }, 'taken'],
  ])('%j is told: %s', (body, message) => {
    expect(toldAbout(endpointChangeSchema, body)).toBe(message);
  });

  const changed = (body: v.InferOutput<typeof endpointChangeSchema>, endpoint = ENDPOINT) =>
    changesOf(body, endpoint, '2026-11-23T00:00:00.000Z');

  it('changes what it names and nothing else', () => {
    expect(Object.keys(changed({ url: URL }))).toEqual(['url']);
    expect(Object.keys(changed({ events: ['email.sent'] }))).toEqual(['events']);
    expect(changed({ description: 'Orders' })).toEqual({ description: 'Orders' });
    const removed = changed({ description: null });
    expect([Object.keys(removed), removed.description]).toEqual([['description'], undefined]);
  });

  it('notes when and why it was disabled, but keeps a reason that was there before', () => {
    const byOwner = { reason: 'It was disabled by request.', at: '2026-11-23T00:00:00.000Z' };
    expect(changed({ status: 'disabled' })).toEqual({ disabled: byOwner });
    const disabled = { reason: 'The server answered 410.', at: '2026-11-01T00:00:00.000Z' };
    const before = { ...ENDPOINT, disabled };
    expect(changed({ status: 'disabled' }, before)).toEqual({ disabled });
    const enabled = changed({ status: 'enabled' }, before);
    expect([Object.keys(enabled), enabled.disabled]).toEqual([['disabled'], undefined]);
  });
});
