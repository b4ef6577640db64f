import type { InvocationResult } from '../functions/protocol.ts';

/**
 * The messages of a batch that failed and so stay in the queue, by Lambda's rules.
 *
 * Without `ReportBatchItemFailures` it is all or none. With it, nothing, `{}` and an empty or null
 * list mean that none failed; an answer that cannot be read, and an identifier that is empty or not
 * of this batch, that all did.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(
  result: InvocationResult,
  messageIds: readonly string[],
  reportsItems: boolean,
): ReadonlySet<string> {
  const all = new Set(messageIds);
  if (!result.ok) return all;
  if (!reportsItems) return new Set();
  const failures = readFailures(JSON.parse(result.payload));
  if (failures === undefined) return all;
  return failures.every((id) => all.has(id)) ? new Set(failures) : all;
}

/** The identifiers reported; undefined when the answer cannot be read. */
function readFailures(answer: unknown): readonly string[] | undefined {
  if (answer === null) return [];
  if (typeof answer !== 'object') return undefined;
  const { batchItemFailures: failures } = answer as { readonly batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return undefined;
  const identifiers: unknown[] = failures.map(
    (failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier,
  );
  return identifiers.every((identifier) => typeof identifier === 'string')
    ? identifiers
    : undefined;
}
