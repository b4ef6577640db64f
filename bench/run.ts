import { setTimeout as sleep } from 'node:timers/promises';
import { startSystem } from '../local/system.ts';
import { scheduledFunctions } from '../test/kit/scheduled-functions.ts';
import { type AwsCall, startRecorder } from './aws-calls.ts';
import { measureBundles } from './bundles.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

const EMAIL = {
  from: 'hello@maillayer.test',
  to: 'ada@example.com',
  subject: 'Your receipt',
  html: `<p>${Array.from({ length: 230 }, (_, i) => `line ${i}`).join(' ')}</p>`,
};

/**
 * Every AWS call of one email of 2 KB to one recipient, from its post to its delivered webhook. The schedules'
 * own calls are left out.
 */
async function callsOfOneEmail(): Promise<AwsCall[]> {
  const recorder = await startRecorder();
  const receiver = await startWebhookReceiver(0);
  const { endpointsOf } = recorder;
  const system = await startSystem({ dataDir: undefined, port: 0, endpointsOf });
  const post = async (path: string, body: object, status: number) => {
    const answer = await fetch(`${system.apiUrl}/api/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${system.apiKeys?.live}` },
      body: JSON.stringify(body),
    });
    if (answer.status !== status) throw new Error(await answer.text());
  };
  try {
    await post('webhooks', { url: receiver.url }, 201);
    // An endpoint's first webhook costs more: it is not known to work yet, and its secret is decrypted.
    await post('emails', EMAIL, 202);
    await sleep(4000);
    recorder.calls.length = 0;
    await post('emails', EMAIL, 202);
    await sleep(4000);
    const scheduled = await scheduledFunctions(system.dataDir);
    return recorder.calls.filter(({ function: name }) => !scheduled.has(name));
  } finally {
    await system.stop();
    await recorder.stop();
    await receiver.stop();
  }
}

const calls = await callsOfOneEmail();
console.log('AWS calls of one accepted and delivered email, and its webhook:');
console.table(calls);
const byFunction = Object.groupBy(calls, (call) => call.function);
console.table(
  [...Object.entries(byFunction), ['together', calls] as const].map(([name, made = []]) => ({
    function: name,
    calls: made.length,
    readUnits: made.reduce((sum, call) => sum + call.readUnits, 0),
    writeUnits: made.reduce((sum, call) => sum + call.writeUnits, 0),
  })),
);
console.log('Bundles beside a bare file with the same SDK clients:');
console.table(
  measureBundles().map(({ name, bytes, bareBytes, importMs, bareImportMs }) => ({
    function: name,
    kilobytes: Math.round(bytes / 1024),
    'size ratio': (bytes / bareBytes).toFixed(2),
    'import ms': importMs.toFixed(0),
    'import ratio': (importMs / bareImportMs).toFixed(2),
  })),
);
