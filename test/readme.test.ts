import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const README = readFileSync('README.md', 'utf8');

/** The lines of all shell blocks. */
const commands = [...README.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
  block.trimEnd().split('\n'),
);

/** What is not run here, and why. */
const NOT_RUN: Record<string, string> = {
  'npm ci && npm test': 'This test is a part of it; .ci/run runs it on a clean checkout.',
  'npx cdk bootstrap': 'It changes an AWS account.',
};

const sh = promisify(execFile);

const ownVariables = Object.entries(process.env).filter(
  ([name]) => !/^(AWS_|CDK_|npm_|NODE_OPTIONS$)/.test(name),
);
const ENVIRONMENT = {
  ...Object.fromEntries(ownVariables),
  PATH: `${join(process.cwd(), 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Runs a line in a shell; throws with what it printed when it fails. */
const runLine = async (line: string) => (await sh('sh', ['-c', line], { env: ENVIRONMENT })).stdout;

let directory: string;
let system: ChildProcess;
let printed = '';
let account = '';

const dataDir = () => `--data-dir ${join(directory, 'data')}`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-readme-'));
  // A group of its own, so that it can be stopped as Ctrl-C does it: npm, its shell and the program.
  system = spawn('sh', ['-c', `npm start -- --port 0 --dashboard-port 0 ${dataDir()}`], {
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  system.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  while (!printed.includes('Stop with Ctrl-C.')) {
    if (system.exitCode !== null) throw new Error(`"npm start" ended:\n${printed}`);
    await sleep(50);
  }
});

afterAll(async () => {
  if (system.pid !== undefined && system.exitCode === null) {
    process.kill(-system.pid, 'SIGINT');
    await once(system, 'close');
  }
  await rm(directory, { recursive: true });
});

const printedCurl = () => /^curl .*$/m.exec(printed)?.[0] ?? '';

async function runCurl(line: string): Promise<void> {
  const port = /127\.0\.0\.1:\d+/;
  expect(line.replace(port, '')).toBe(printedCurl().replace(port, ''));
  expect(JSON.parse(await runLine(`${printedCurl()} -s`))).toMatchObject({ status: 'queued' });
}

/** An admin command for a deployed system is run on the local one instead. */
async function runAdmin(line: string): Promise<void> {
  const local = line.replace('--stack Maillayer ', '').replace('ACCOUNT_ID', account);
  const answer = await runLine(line.endsWith('--help') ? local : `${local} ${dataDir()}`);
  account = /Made account (\w+)/.exec(answer)?.[1] ?? account;
}

async function run(line: string): Promise<unknown> {
  if (line === 'npm ci --omit=dev && npm start') return expect(printed).toContain('Ready');
  if (line.startsWith('curl ')) return runCurl(line);
  if (line.startsWith('npm run admin ')) return runAdmin(line);
  if (line === 'npx cdk synth -q') return runLine(line);
  // Options are tried without deploying.
  const options = /^npx cdk deploy (-c .*)$/.exec(line)?.[1];
  if (options) return runLine(`npx cdk synth -q -o ${join(directory, 'cdk.out')} ${options}`);
  throw new Error(`Neither run here nor listed with a reason: ${line}`);
}

describe('the README', () => {
  for (const line of commands.filter((each) => !(each in NOT_RUN))) {
    it(`is right about: ${line.slice(0, 70)}`, () => run(line));
  }

  it('has every command that is listed as not run', () => {
    expect(Object.keys(NOT_RUN).filter((line) => !commands.includes(line))).toEqual([]);
  });

  it('has the test command that .ci/run runs', () => {
    const script = readFileSync('.ci/run', 'utf8');
    const [line = ''] = commands.filter((each) => each.endsWith('npm test'));
    for (const part of line.split(' && ')) expect(script).toContain(part);
  });
});
