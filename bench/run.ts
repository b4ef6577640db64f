import { setTimeout as sleep } from 'node:timers/promises';
import { startSystem } from '../local/system.ts';
import { type AwsCall, startRecorder } from './aws-calls.ts';
import { measureBundles } from './bundles.ts';

/** Every AWS call of one email of 2 KB to one recipient, from its post to its delivery. */
async function callsOfOneEmail(): Promise<AwsCall[]> {
  const recorder = await startRecorder();
  const { endpointsOf } = recorder;
  const system = await startSystem({ dataDir: undefined, port: 0, endpointsOf });
  try {
    await sleep(500);
    recorder.calls.length = 0;
    const key = system.apiKeys?.live;
    const email = {
      from: 'hello@maillayer.test',
      to: 'ada@example.com',
      subject: 'Your receipt',
      html: `<p>${Array.from({ length: 230 }, (_, i) => `line ${i}`).join(' ')}</p>`,
    };
    const answer = await fetch(`${system.apiUrl}/api/v1/emails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(email),
    });
    if (answer.status !== 202) throw new Error(await answer.text());
    await sleep(3000);
    return [...recorder.calls];
  } finally {
    await system.stop();
    await recorder.stop();
  }
}

const calls = await callsOfOneEmail();
console.log('AWS calls of one accepted and delivered email:');
console.table(calls);
const byFunction = Object.groupBy(calls, (call) => call.function);
console.table(
  Object.entries(byFunction).map(([name, made = []]) => ({
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
