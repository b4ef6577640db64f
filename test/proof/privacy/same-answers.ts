import { setTimeout as sleep } from 'node:timers/promises';
import { makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import { ROUTES } from '../../../lambdas/routes.ts';
import { OPERATIONS } from '../../openapi/document.ts';
import type { Draft } from '../input/draft.ts';
import { openWire } from '../input/wire.ts';
import type { Stage } from './stage.ts';

/** The functions that a request can reach; others work at the same time. */
const CALLED: ReadonlySet<string> = new Set([...Object.keys(ROUTES), 'refuse-route']);

/** Headers that differ between any two answers. */
const PASSING = ['date', 'x-amzn-requestid', 'apigw-requestid'];

/** A request to an operation, with ids of nothing. */
function draftOf(routeKey: string, authorization: string): Draft {
  const [method = '', template = ''] = routeKey.split(' ');
  const path = template.replace(/\{\w+\}/g, '0'.repeat(24));
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: [] };
  return {
    method,
    path,
    query: [],
    headers: [['authorization', authorization]],
    framing: 'right',
    ...body,
  };
}

/**
 * Keys that are unknown, revoked and malformed get the same answer, byte for byte, from every operation; the
 * first two by the same AWS calls, the last by none.
 */
export async function sameAnswers(stage: Stage) {
  const { world, recorder } = stage;
  const wire = openWire(world.system.apiUrl);
  const violations: string[] = [];
  const credentials = {
    unknown: makeKeyText('live'),
    revoked: world.revoked,
    malformed: `${world.revoked.slice(0, -1)}${world.revoked.endsWith('0') ? '1' : '0'}`,
  };
  /** The answer's bytes and the calls that were made for it. */
  const observe = async (routeKey: string, credential: string) => {
    const before = recorder.calls.length;
    const answer = await wire.send(draftOf(routeKey, `Bearer ${credential}`));
    // What a function does beside its answer.
    await sleep(20);
    const calls = recorder.calls
      .slice(before)
      .filter((call) => CALLED.has(call.function))
      .map(({ action, readUnits, writeUnits }) => [action, readUnits, writeUnits]);
    if (typeof answer === 'string') return { answer, calls };
    const headers = Object.entries(answer.headers).filter(([name]) => !PASSING.includes(name));
    return { answer: JSON.stringify({ ...answer, headers }), calls };
  };
  const routes = [...OPERATIONS.map(({ routeKey }) => routeKey), 'GET /api/v1/nowhere'];
  for (const routeKey of routes) {
    const unknown = await observe(routeKey, credentials.unknown);
    const revoked = await observe(routeKey, credentials.revoked);
    const malformed = await observe(routeKey, credentials.malformed);
    if (unknown.answer !== revoked.answer || unknown.answer !== malformed.answer) {
      violations.push(
        `${routeKey} tells keys apart: ${unknown.answer} ${revoked.answer} ${malformed.answer}`,
      );
    }
    const [one, other] = [unknown, revoked].map(({ calls }) => JSON.stringify(calls));
    if (one !== other)
      violations.push(`${routeKey} makes other calls for a revoked key: ${one} ${other}`);
    if (unknown.calls.length === 0) violations.push(`${routeKey} looks for no key.`);
    if (malformed.calls.length > 0) {
      violations.push(
        `${routeKey} makes calls for a malformed key: ${JSON.stringify(malformed.calls)}`,
      );
    }
  }
  wire.close();
  return { violations, count: routes.length };
}
