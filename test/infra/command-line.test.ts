import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ACCOUNT, type BucketAnswer, startFakeAws } from './fake-aws.ts';

const root = join(import.meta.dirname, '..', '..');
const home = mkdtempSync(join(tmpdir(), 'maillayer-home-'));
const CDK = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const REGION = 'eu-west-1';
const BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;
const SENTENCE = `AWS account ${ACCOUNT} is not bootstrapped for CDK in ${REGION}: run "npx cdk bootstrap aws://${ACCOUNT}/${REGION}" once, then "npx cdk deploy" again.`;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };

let fake: Awaited<ReturnType<typeof startFakeAws>> | undefined;
afterEach(() => fake?.close());
afterAll(() => rmSync(home, { recursive: true }));

async function startAws(bucket: BucketAnswer) {
  fake = await startFakeAws(bucket);
  return fake;
}

/** Runs a Node program in an environment of its own, with nothing of this machine's in it. */
async function run(args: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: home,
      // Without it the command line takes the real home of the user, where it keeps accounts.
      CDK_HOME: home,
      AWS_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      CI: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      ...environment,
    },
  });
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, said: stdout + stderr };
}

const cdk = (output: string, args: readonly string[], environment: Record<string, string>) =>
  run([CDK, ...args, '--output', join(home, output)], environment);

describe('cdk synth', () => {
  it('works without an account and asks AWS nothing', async () => {
    const { asked, url } = await startAws('NoSuchBucket');

    const { code } = await cdk('offline', ['synth', '--quiet'], { AWS_ENDPOINT_URL: url });

    expect({ code, asked }).toEqual({ code: 0, asked: [] });
    const template = readFileSync(join(home, 'offline', 'Maillayer.template.json'), 'utf8');
    expect(Object.keys(JSON.parse(template).Outputs)).toEqual([
      'DashboardUrl',
      'ApiUrl',
      'TableName',
    ]);
  });

  it('ends in the sentence alone, without a stack trace, when the context is wrong', async () => {
    const args = ['synth', '--quiet', '-c', 'retentionDays=never'];

    const { code, said } = await cdk('wrong', args, {});

    expect(code).toBe(1);
    expect(said).toContain('The context value "retentionDays" is "never", but it must be');
    expect(said).not.toContain('    at ');
  });
});

describe('cdk deploy', () => {
  it('ends in our sentence where the bootstrap is missing', async () => {
    const { asked, url } = await startAws('NoSuchBucket');

    const { code, said } = await cdk('deploy', ['deploy'], {
      AWS_ENDPOINT_URL: url,
      ...CREDENTIALS,
    });

    expect(code).toBe(1);
    expect(said).toContain(SENTENCE);
    expect(asked).toEqual(['GetCallerIdentity', `GET /${BUCKET}/`]);
  });
});

describe('cdk bootstrap', () => {
  it('is not held up by the bootstrap that it is about to make', async () => {
    const { asked, url } = await startAws('NoSuchBucket');

    await cdk('bootstrap', ['bootstrap'], { AWS_ENDPOINT_URL: url, ...CREDENTIALS });

    expect(asked).toContain('CreateChangeSet');
  });
});

describe('the check for the bootstrap', () => {
  const check = (url: string) =>
    run([join(root, 'bin', 'check-bootstrap.ts'), BUCKET, REGION], { AWS_ENDPOINT_URL_S3: url });

  it('asks as a stranger, so it needs no credentials', async () => {
    const { url } = await startAws('NoSuchBucket');

    expect(await check(url)).toEqual({ code: 0, said: 'missing\n' });
  });

  it.each(['AccessDenied', 'SlowDown'] as const)('stays silent when S3 says %s', async (answer) => {
    const { url } = await startAws(answer);

    expect(await check(url)).toEqual({ code: 0, said: '' });
  });

  it('stays silent when S3 cannot be reached', async () => {
    const { url, close } = await startFakeAws('NoSuchBucket');
    await close();

    expect(await check(url)).toEqual({ code: 0, said: '' });
  });
});
