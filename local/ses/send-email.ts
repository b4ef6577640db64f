import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Accept, ThrottledError } from './accept.ts';
import { SesError } from './errors.ts';
import type { Fate, FaultState } from './faults.ts';
import { type Handler, jsonBody, sendJson } from './http.ts';
import { readSendRequest } from './send-request.ts';
import type { StatsState } from './stats.ts';

export type SendEmailParts = {
  readonly accept: Accept;
  readonly faults: FaultState;
  readonly stats: StatsState;
};

/** `SendEmail`, with the faults that are switched on and a count of what became of each call. */
export function sendEmail({ accept, faults, stats }: SendEmailParts): Handler {
  return async (call, response) => {
    stats.begin();
    response.once('close', () => stats.end());
    const fate = faults.fate();
    if (fate.delayMs > 0) await sleep(fate.delayMs);
    if (fate.before === 'silence') return stats.count('unanswered');
    if (fate.before === 'drop') {
      stats.count('dropped');
      response.destroy();
      return;
    }
    try {
      if (fate.before !== 'accept') throw fate.before;
      const request = readSendRequest(jsonBody(call));
      const mail = accept(request, call.region);
      stats.accept(Date.parse(mail.receivedAt), request.recipients.length);
      if (fate.delayAnswerMs > 0) await sleep(fate.delayAnswerMs);
      if (fate.answer !== 'whole') stats.count('acceptedThenCut');
      answer(response, { MessageId: mail.id }, fate.answer);
    } catch (error) {
      stats.count(outcomeOf(error, fate));
      throw error;
    }
  };
}

function answer(response: ServerResponse, value: object, how: Fate['answer']): void {
  if (how === 'whole') {
    sendJson(response, 200, value);
    return;
  }
  if (how === 'none') {
    response.destroy();
    return;
  }
  const body = JSON.stringify(value);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

function outcomeOf(error: unknown, fate: Fate) {
  if (error instanceof ThrottledError) return error.throttle;
  if (!(error instanceof SesError) || error.status >= 500) return 'failed';
  return error === fate.before && error.status === 429 ? 'throttledByFault' : 'refused';
}
