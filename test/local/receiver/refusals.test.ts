import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Answer } from './fake-api.ts';
import { openWorld } from './harness.ts';

let world: Awaited<ReturnType<typeof openWorld>>;

beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Begins anew with an API of other answers. */
async function reopen(answers: Readonly<Record<string, Answer>>) {
  await world.close();
  world = await openWorld(answers);
}

describe('npm run receiver, when it cannot begin', () => {
  it('says that no local system runs, and how to start one', async () => {
    await rm(world.localFile);
    const receiver = world.start();
    expect(await receiver.ended).toBe(1);
    expect(receiver.output()).toBe(
      `No local system runs here (${world.localFile} is missing or unreadable): ` +
        'start one with "npm start", or name its directory with --data-dir.\n',
    );
  });

  it('says that the local system does not answer', async () => {
    await world.api.stop();
    const receiver = world.start();
    expect(await receiver.ended).toBe(1);
    expect(receiver.output()).toMatch(
      /^The local system does not answer at http:\/\/127\.0\.0\.1:\d+ \(.+\): start it with "npm start", then start the receiver again\.\n$/,
    );
  });

  it.each([
    [
      { status: 403, body: '{"error":"Plan limit reached","message":"Delete an endpoint."}' },
      'The endpoint was not created. Plan limit reached: Delete an endpoint.\n',
    ],
    [{ status: 502, body: 'Bad Gateway' }, 'The endpoint was not created. The API answered 502.\n'],
    [
      { status: 201, body: '{"id":"x"}' },
      `The API's answer does not hold the endpoint's id and secret: "{\\"id\\":\\"x\\"}".\n`,
    ],
  ])('says why it has no endpoint after the answer %j', async (answer, sentence) => {
    await reopen({ 'POST /api/v1/webhooks': answer });
    const receiver = world.start();
    expect(await receiver.ended).toBe(1);
    expect(receiver.output()).toBe(sentence);
  });

  it('says that its port is taken, and leaves no endpoint behind', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const receiver = world.start('--port', String(port));
    expect(await receiver.ended).toBe(1);
    expect(receiver.output()).toMatch(
      /^Port \d+ cannot be used \(.*\): choose another with --port\.\n$/,
    );
    expect(world.api.asked).toEqual([]);
    server.close();
  });

  it.each([
    [
      ['--prot', '1'],
      "Unknown option '--prot': the options are --test, --answer, --port, --data-dir, --help.\n",
    ],
    [['--answer', '99'], '--answer must be a whole number from 200 to 599, and "99" is not.\n'],
  ])('explains the mistake in %j', async (args, sentence) => {
    const receiver = world.start(...args);
    expect(await receiver.ended).toBe(1);
    expect(receiver.output()).toBe(sentence);
  });

  it('lists its options when asked', async () => {
    const receiver = world.start('--help');
    expect(await receiver.ended).toBe(0);
    expect(receiver.output()).toContain('--answer N');
  });
});
