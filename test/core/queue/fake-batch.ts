import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';

/** A batch of SQS messages `m0`, `m1`, … with these bodies; anything but text is sent as JSON. */
export function batchOf(...bodies: unknown[]): SQSEvent {
  const Records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: `r${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '3' },
  }));
  return { Records: Records as SQSRecord[] };
}

/** An invocation's context with a minute left. */
export const CONTEXT = { getRemainingTimeInMillis: () => 60_000 } as Context;
