import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from '@jest/globals';
import { until } from '../kit/patience.ts';

interface Said {
  readonly method?: string;
  readonly params: {
    readonly sessionId: string;
    readonly message: string;
    readonly url: string;
    readonly sourceMapURL: string;
    readonly workerInfo: { readonly title: string };
  };
}

let child: ChildProcess | undefined;
let socket: WebSocket | undefined;

afterEach(async () => {
  socket?.close();
  child?.kill('SIGINT');
  if (child !== undefined) await once(child, 'close');
});

/** Starts the command, and gives the address that it prints for debuggers. */
async function start(): Promise<string> {
  const args = ['--port', '0', '--dashboard-port', '0', '--ephemeral', '--no-watch'];
  const started = spawn(process.execPath, ['local/start.ts', ...args, '--inspect', '0'], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child = started;
  for await (const line of createInterface({ input: started.stderr })) {
    const [, address] = /^Debugger listening on (\S+)$/.exec(line) ?? [];
    if (address !== undefined) {
      started.stderr.resume();
      return address;
    }
  }
  throw new Error('The command has opened no port for debuggers.');
}

it('a debugger that attaches to "npm start -- --inspect" finds each function and its source map', async () => {
  socket = new WebSocket(await start());
  const functions = new Map<string, string>();
  const maps = new Map<string, string>();
  const say = (method: string, params: object) =>
    socket?.send(JSON.stringify({ id: 1, method, params }));
  const hear = ({ method, params }: Said) => {
    if (method === 'NodeWorker.attachedToWorker') {
      functions.set(params.sessionId, params.workerInfo.title);
      const message = JSON.stringify({ id: 1, method: 'Debugger.enable' });
      say('NodeWorker.sendMessageToWorker', { sessionId: params.sessionId, message });
    } else if (method === 'NodeWorker.receivedMessageFromWorker') {
      const said = JSON.parse(params.message) as Said;
      if (said.method !== 'Debugger.scriptParsed' || !said.params.url.endsWith('/index.mjs'))
        return;
      maps.set(functions.get(params.sessionId) ?? '', said.params.sourceMapURL);
    }
  };
  socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Said));
  await once(socket, 'open');
  say('NodeWorker.enable', { waitForDebuggerOnStart: false });

  const found = () => [...maps].find(([title]) => title.includes('refresh-gate'));
  expect(await until(found)).toEqual([expect.any(String), 'index.mjs.map']);
});
