import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientOf, control, mailTo, start, TOPIC, until, verifyDomain } from './harness.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'local-ses-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A process of its own whose topic never answers, so that every event stays unpublished. */
async function startProcess(file: string) {
  const server = new URL('../../../local/ses/server.ts', import.meta.url).href;
  const program = `
    const { startSes } = await import(${JSON.stringify(server)});
    const ses = await startSes({
      file: ${JSON.stringify(file)},
      publish: () => new Promise(() => {}),
    });
    ses.putConfigurationSet({
      name: 'mail', topicArn: ${JSON.stringify(TOPIC)}, eventTypes: ['send', 'delivery'],
    });
    process.stdout.write(ses.url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [url] = await once(child.stdout, 'data');
  return { child, url: String(url) };
}

const types = (published: readonly { message: string }[]) =>
  published
    .filter(({ message }) => message.startsWith('{'))
    .map(({ message }) => JSON.parse(message).eventType);

describe('the local SES after kill -9', () => {
  it('has every mail it answered for, and publishes the events it had not', async () => {
    const file = join(directory, 'ses.sqlite');
    const { child, url } = await startProcess(file);
    const client = clientOf(url);
    await verifyDomain(url);
    await control(url, 'PUT', 'account', { maxSendRate: 1000 });
    const mails = Array.from({ length: 20 }, (_, i) =>
      client.send(mailTo(`r${i}@example.org`, { ConfigurationSetName: 'mail' })),
    );
    const ids = (await Promise.all(mails)).map(({ MessageId }) => MessageId);
    const killed = once(child, 'exit');
    child.kill('SIGKILL');
    await killed;
    client.destroy();

    const again = await start({ file });
    const { data } = await control<{ data: { id: string }[] }>(again.ses.url, 'GET', 'inbox');
    expect(data.map(({ id }) => id).sort()).toEqual(ids.sort());
    await until(() => (types(again.published).length >= 40 ? true : undefined));
    expect(types(again.published).sort()).toEqual([
      ...Array(20).fill('Delivery'),
      ...Array(20).fill('Send'),
    ]);
    expect(await control(again.ses.url, 'GET', 'account')).toMatchObject({ maxSendRate: 1000 });
    await again.stop();
  });
});

describe('the local SES after a stop', () => {
  it('gives no room away that the rate and the quota had taken', async () => {
    const file = join(directory, 'ses.sqlite');
    const now = () => 1_800_000_000_000;
    const first = await start({ file, now });
    await verifyDomain(first.ses.url);
    await control(first.ses.url, 'PUT', 'account', { maxSendRate: 1, max24HourSend: 5 });
    await first.client.send(mailTo(['a@example.org', 'b@example.org']));
    await first.stop();

    const second = await start({ file, now });
    await expect(second.client.send(mailTo('c@example.org'))).rejects.toThrow('sending rate');
    const many = ['c', 'd', 'e', 'f'].map((name) => `${name}@example.org`);
    await expect(second.client.send(mailTo(many))).rejects.toThrow('quota');
    await second.stop();
  });
});

describe('an event whose topic fails', () => {
  it('is published again until it succeeds', async () => {
    let failures = 3;
    const messages: string[] = [];
    const running = await start({
      publish: async (_topic, message) => {
        failures -= 1;
        if (failures >= 0) throw new Error('The topic is not there yet.');
        messages.push(message);
      },
    });
    running.ses.putConfigurationSet({ name: 'mail', topicArn: TOPIC, eventTypes: [] });
    await until(() => (messages.length > 0 ? true : undefined));
    expect(messages).toHaveLength(1);
    await running.stop();
  });
});

describe('a file that is no database', () => {
  it('ends the start with a sentence that names it', async () => {
    const file = join(directory, 'ses.sqlite');
    await writeFile(file, 'This is a letter, and a rather long one at that.'.repeat(100));
    await expect(start({ file })).rejects.toThrow(`The local SES cannot use ${file}`);
  });
});
