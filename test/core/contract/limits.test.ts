import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { LIMITS, note, pageLimit } from '../../../lambdas/core/contract/limits.ts';
import {
  sendMessageSchema,
  webhookMessageSchema,
} from '../../../lambdas/core/contract/messages.ts';
import { TABLE } from '../../../lambdas/core/contract/table.ts';
import { environment } from '../../../lambdas/core/value/environment.ts';
import { hexId } from '../../../lambdas/core/value/id.ts';
import { listOf } from '../../../lambdas/core/value/page.ts';
import { instant } from '../../../lambdas/core/value/time.ts';

const ID = '0123456789abcdef01234567';
const problemOf = (schema: v.GenericSchema, input: unknown) =>
  v.safeParse(schema, input).issues?.[0]?.message;
const takes = (schema: v.GenericSchema, input: unknown) => v.safeParse(schema, input).success;

describe('the limits', () => {
  it('are those of the contract', () => {
    expect(LIMITS).toEqual({
      recipients: 50,
      contentBytes: 5_242_880,
      subjectLength: 998,
      tags: 10,
      tagLength: 64,
      idempotencyKeyLength: 256,
      pageSize: { default: 20, most: 100 },
      pageReads: 500,
      noteLength: 200,
    });
  });

  it.each([
    ['1', 1],
    ['020', 20],
    ['100', 100],
  ])('of a page may be %s', (text, count) => {
    expect(v.parse(pageLimit, text)).toBe(count);
  });

  it.each([
    ['', 'must be a whole number from 1 to 100'],
    ['1.5', 'must be a whole number from 1 to 100'],
    ['-1', 'must be a whole number from 1 to 100'],
    ['1000', 'must be a whole number from 1 to 100'],
    ['20 ', 'must be a whole number from 1 to 100'],
    ['0', 'must be at least 1'],
    ['101', 'must be at most 100'],
  ])('of a page may not be %j: it %s', (text, problem) => {
    expect(problemOf(pageLimit, text)).toBe(problem);
  });

  it('of a page are described as the number that the text stands for', () => {
    expect(v.getMetadata(pageLimit)).toEqual({
      type: 'integer',
      pattern: undefined,
      minimum: 1,
      maximum: 100,
      default: 20,
    });
  });
});

describe('a note', () => {
  it.each(['x', 'Grüße an alle 🎉', 'x'.repeat(200)])('may be %j', (text) => {
    expect(takes(note, text)).toBe(true);
  });

  it.each([
    [7, 'must be a string'],
    ['', 'must not be empty'],
    ['x'.repeat(201), 'must have at most 200 characters'],
    ['a\nb', 'must hold printable characters only'],
    ['\u2028after', 'must hold printable characters only'],
    ['before\u2029', 'must hold printable characters only'],
    ['half \ud800', 'must hold printable characters only'],
  ])('may not be %j: it %s', (text, problem) => {
    expect(problemOf(note, text)).toBe(problem);
  });
});

describe('the shapes that answers share', () => {
  it('know an id of ours from anything longer, shorter or otherwise written', () => {
    expect(takes(hexId, ID)).toBe(true);
    for (const text of [
      `${ID}0`,
      ID.slice(1),
      ID.toUpperCase(),
      `x${ID.slice(1)}`,
      '',
      `${ID}\n`,
    ]) {
      expect(takes(hexId, text)).toBe(false);
    }
  });

  it('have moments in ISO 8601 and two environments', () => {
    expect(takes(instant, '2026-11-23T05:50:00.250Z')).toBe(true);
    expect(takes(instant, '23.11.2026')).toBe(false);
    expect(['live', 'test', '', 'dev'].map((name) => takes(environment, name))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('have pages with a cursor or null, and nothing else', () => {
    const page = listOf('NumberList', v.number());
    expect(v.getTitle(page)).toBe('NumberList');
    expect(takes(page, { data: [1, 2], nextCursor: null })).toBe(true);
    expect(takes(page, { data: [], nextCursor: 'next' })).toBe(true);
    expect(takes(page, { data: [1] })).toBe(false);
    expect(takes(page, { data: ['1'], nextCursor: null })).toBe(false);
    expect(takes(page, { data: [], nextCursor: null, total: 0 })).toBe(false);
  });
});

describe('the queues’ messages', () => {
  const send = { account: ID, id: ID, environment: 'live', nonce: ID, at: 1 };
  const webhook = { account: ID, endpoint: ID, id: `msg_0mabcdefg_${ID}` };
  const event = { type: 'email.sent', emailId: ID, environment: 'test', body: '{}' };

  it('are read whole', () => {
    expect(v.parse(sendMessageSchema, send)).toEqual(send);
    expect(v.parse(webhookMessageSchema, webhook)).toEqual(webhook);
    expect(v.parse(webhookMessageSchema, { ...webhook, event })).toEqual({ ...webhook, event });
  });

  it.each([
    { account: `${ID}0` },
    { id: `0${ID}` },
    { nonce: 'g'.repeat(24) },
    { environment: 'dev' },
    { at: 1.5 },
    { at: '1' },
    { account: undefined },
  ])('to send are refused with %j', (change) => {
    expect(takes(sendMessageSchema, { ...send, ...change })).toBe(false);
  });

  it.each([
    { id: `msg_0mabcdefg_${ID}0` },
    { id: `xmsg_0mabcdefg_${ID}` },
    { id: `msg_0mabcdef_${ID}` },
    { id: `msg_0MABCDEFG_${ID}` },
    { endpoint: '' },
    { event: { ...event, body: undefined } },
    { event: { ...event, emailId: 'x' } },
    { event: { ...event, type: 7 } },
  ])('of webhooks are refused with %j', (change) => {
    expect(takes(webhookMessageSchema, { ...webhook, ...change })).toBe(false);
  });
});

it('the table’s keys and indexes have the names that the documents give', () => {
  expect(TABLE).toEqual({
    partitionKey: 'pk',
    sortKey: 'sk',
    ttl: 'ttl',
    byTime: { indexName: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    due: { indexName: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk', shards: 4 },
  });
});
