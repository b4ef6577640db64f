import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { parseInput } from '../../lambdas/core/http/input.ts';
import { Refusal } from '../../lambdas/core/http/refusal.ts';
import { type Endpoint, WEBHOOK_EVENTS } from '../../lambdas/core/webhook/endpoint.ts';
import {
  changesOf,
  endpointChangeSchema,
  leadsTo,
  newEndpoint,
  newEndpointSchema,
} from '../../lambdas/core/webhook/endpoint-request.ts';

const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.string({ unit: 'binary' }));
const near = fc.record(
  {
    url: fc.oneof(fc.webUrl(), anything),
    environment: fc.oneof(fc.constantFrom('live', 'test', null), anything),
    events: fc.oneof(
      fc.array(fc.oneof(fc.constantFrom<unknown>(...WEBHOOK_EVENTS), anything), { maxLength: 7 }),
      fc.subarray([...WEBHOOK_EVENTS], { minLength: 1 }),
      anything,
    ),
    description: fc.oneof(fc.string({ unit: 'binary', maxLength: 210 }), anything),
    status: fc.oneof(fc.constantFrom('enabled', 'disabled'), anything),
  },
  { requiredKeys: [] },
);
/** So that every run has bodies that are taken, however few of the others are. */
const sound = fc.record({
  url: fc.constant('https://hooks.example.org/'),
  events: fc.subarray([...WEBHOOK_EVENTS], { minLength: 1 }),
});
const bodies = fc.oneof(near, sound, fc.dictionary(fc.string(), anything), anything);

/** What parsing gives; a refusal must be a 400 with a sentence, and nothing else may be thrown. */
function outcome<Output>(parse: () => Output): Output | undefined {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    const { error: name, message } = error as Refusal;
    expect(name).toBe('Validation failed');
    expect(message).toMatch(/[.?]$/);
    return undefined;
  }
}

const EVENTS: readonly string[] = WEBHOOK_EVENTS;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for them.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

function expectSound({ url, events, description }: Partial<Endpoint>) {
  if (url !== undefined) expect(url.length).toBeGreaterThan(0);
  if (events !== undefined) {
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events).size).toBe(events.length);
    for (const event of events) expect(EVENTS).toContain(event);
  }
  if (description === undefined) return;
  expect(description.length).toBeGreaterThan(0);
  expect(description.length).toBeLessThanOrEqual(200);
  expect(description).not.toMatch(CONTROL);
  expect(description.isWellFormed()).toBe(true);
}

const ENDPOINT: Endpoint = {
  id: '1'.repeat(24),
  account: 'a'.repeat(24),
  url: 'https://hooks.example.org/',
  environment: 'live',
  events: ['email.sent'],
  secrets: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('any body', () => {
  it('makes a sound endpoint or is a 400', () => {
    let taken = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = outcome(() => parseInput(newEndpointSchema, body));
        if (parsed === undefined) return;
        taken += 1;
        const endpoint = newEndpoint(parsed);
        expect(['live', 'test']).toContain(endpoint.environment);
        expectSound(endpoint);
        expect(v.is(newEndpointSchema, JSON.parse(JSON.stringify(endpoint)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(10);
  });

  it('makes a sound change that changes something, or is a 400', () => {
    let taken = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = outcome(() => parseInput(endpointChangeSchema, body));
        if (parsed === undefined) return;
        taken += 1;
        const { description, disabled, ...changes } = changesOf(parsed, ENDPOINT, 'now');
        expectSound({ ...changes, ...(description === undefined ? {} : { description }) });
        expect(Object.keys(changesOf(parsed, ENDPOINT, 'now'))).not.toEqual([]);
        expect(disabled === undefined || parsed.status === 'disabled').toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(10);
  });
});

describe('our own host', () => {
  it.each([
    ['api.example.net', 'https://api.example.net/x', true],
    ['api.example.net', 'https://API.example.net:443', true],
    ['api.example.net', 'https://api.example.net:8443/', true],
    ['API.example.net', 'https://api.example.net/', true],
    ['API.example.net:8443', 'https://api.example.net:8443/in', true],
    ['127.0.0.1:4010', 'http://127.0.0.1:4010/x', true],
    ['127.0.0.1:4010', 'http://2130706433:4010/x', true],
    ['127.0.0.1:4010', 'http://127.0.0.1:4011/x', false],
    ['api.example.net', 'https://www.api.example.net/', false],
    ['api.example.net', 'https://example.net/?api.example.net', false],
    ['api.example.net', 'https://other.example/api.example.net', false],
    ['api.example.net', 'no url', false],
  ])('%s is where %s leads: %s', (host, url, expected) => {
    expect(leadsTo(host, url)).toBe(expected);
  });
});
