import '../slow-clock.ts';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation, InvocationResult, RuntimeData, RuntimeMessage } from './protocol.ts';

const data = workerData as RuntimeData;
const say = (message: RuntimeMessage) => parentPort?.postMessage(message);

const handler = await loadHandler();
parentPort?.on('message', (invocation: Invocation) => {
  void invoke(invocation).then((result) => say({ type: 'result', result }));
});
say({ type: 'ready' });

async function loadHandler(): Promise<(event: unknown, context: unknown) => unknown> {
  const file = ['.mjs', '.js', '.cjs'].map((end) => data.file + end).find((it) => existsSync(it));
  if (file === undefined) throw new Error(`The bundle ${data.file}.mjs does not exist.`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const exported = module[data.exportName];
  if (typeof exported === 'function') {
    return exported as (event: unknown, context: unknown) => unknown;
  }
  throw new Error(`${file} exports no function ${data.exportName}.`);
}

async function invoke(invocation: Invocation): Promise<InvocationResult> {
  try {
    const returned = await handler(JSON.parse(invocation.event), contextOf(invocation));
    return { ok: true, payload: JSON.stringify(returned) ?? 'null' };
  } catch (error) {
    // Lambda writes what a handler throws to the function's log, with its stack.
    console.error(error);
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, errorType: name, errorMessage: message };
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId, deadline }: Invocation) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: data.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.arn,
    logGroupName: `/aws/lambda/${data.name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(data.memoryMb),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
