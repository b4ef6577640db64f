import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failure, output, stack } from '../contracts/stack-answers.ts';
import { type Parts, runAdmin, startParts } from './admin-fixture.ts';

/** CloudFormation's answers by stack name. */
const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  Maillayer: [200, stack(output('ApiUrl', 'https://x'), output('TableName', 'Emails'))],
  Other: [200, stack()],
  Denied: [403, failure('AccessDenied', 'User: x is not authorized.')],
  Expired: [403, failure('ExpiredToken', 'The token is expired.')],
};

let parts: Parts;
let server: Server;
let environment: Record<string, string>;

beforeAll(async () => {
  parts = await startParts();
  server = createServer(async (request, response) => {
    const name = new URLSearchParams(await text(request)).get('StackName') ?? '';
    const absent = failure('ValidationError', `Stack with id ${name} does not exist`);
    const [status, body] = ANSWERS[name] ?? [400, absent];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ENDPOINT_URL_DYNAMODB: parts.endpoints.dynamodb,
    AWS_ENDPOINT_URL_SESV2: parts.endpoints.ses,
  };
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await parts.stop();
});

const admin = (...args: string[]) => runAdmin(args, { environment });

describe('administration of a deployed stack', () => {
  it('finds the table by the output of the stack', async () => {
    const create = ['account', 'create', '--name', 'Far', '--plan', 'Free', '--json'];
    const made = await admin(...create, '--stack', 'Maillayer');
    expect(made.code).toBe(0);
    const listed = await runAdmin(['list', '--json', '--data-dir', parts.dataDir]);
    expect(listed.stdout).toContain(String((JSON.parse(made.stdout) as { id: string }).id));
  });

  it('refuses a fixed secret', async () => {
    const key = ['key', 'create', '--account', '0'.repeat(24), '--environment', 'live'];
    const args = [...key, '--name', 'X', '--secret', 'A'.repeat(30), '--stack', 'Maillayer'];
    expect(await admin(...args)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        '--secret is for local systems only, because a key that is written down is not secret: omit it.\n',
    });
  });

  it.each([
    [
      'Missing',
      'The stack "Missing" does not exist in this AWS account and region: check the name, AWS_PROFILE and AWS_REGION, or deploy it with "npx cdk deploy".',
    ],
    [
      'Other',
      'The stack "Other" has no output TableName, so it is not a Maillayer stack or its deployment did not finish: run "npx cdk deploy".',
    ],
    [
      'Denied',
      'Your AWS credentials do not allow this (User: x is not authorized): use others, or ask for the permission.',
    ],
    [
      'Expired',
      'AWS does not accept your credentials (The token is expired): sign in again and retry.',
    ],
  ])('says what to do about the stack %s', async (name, sentence) => {
    const { code, stderr } = await admin('list', '--stack', name);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${sentence}\n` });
  });

  it('says what to do without a region, without credentials, and with two systems named', async () => {
    const said = async (args: string[], own: Record<string, string>) =>
      (await runAdmin(['list', '--stack', 'X', ...args], { environment: own })).stderr;
    expect(await said([], {})).toBe(
      'No AWS region is set: set AWS_REGION to the region of the stack and try again.\n',
    );
    expect(await said([], { AWS_REGION: 'us-east-1' })).toBe(
      'No AWS credentials were found: run "aws configure", or set AWS_PROFILE, and try again.\n',
    );
    expect(await said(['--data-dir', 'x'], {})).toBe(
      'Give --stack for a deployed system or --data-dir for a local one, not both.\n',
    );
  });
});
