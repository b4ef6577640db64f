import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atOnce } from '../../contracts/table-fixture.ts';
import {
  control,
  mailTo,
  type Running,
  start,
  TOPIC,
  until,
  verifyDomain,
} from '../ses/harness.ts';

/** What `docs/local.md` says of the emulators must stay true when their packages are updated. */
describe('the local SES', () => {
  let ses: Running;
  beforeAll(async () => {
    ses = await start();
    ses.ses.putConfigurationSet({ name: 'set', topicArn: TOPIC, eventTypes: ['send', 'delivery'] });
    await verifyDomain(ses.ses.url);
  });
  afterAll(() => ses.stop());

  const ConfigurationSetName = 'set';

  it('tells of each thing once, in order, and never of the address a mail went out from', async () => {
    await ses.client.send(mailTo('ada@example.org', { ConfigurationSetName }));
    const events = await until(() => {
      const found = ses.published.filter(({ message }) => message.startsWith('{'));
      return found.length < 2 ? undefined : found.map(({ message }) => JSON.parse(message));
    });
    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery']);
    for (const { mail } of events) expect(mail.tags).not.toHaveProperty('ses:outgoing-ip');
  });

  it('takes a mail whole when its first recipient has room', async () => {
    await control(ses.ses.url, 'PUT', 'account', { maxSendRate: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const many = mailTo(Array.from({ length: 50 }, (_, n) => `reader${n}@example.org`));
    await expect(ses.client.send(many)).resolves.toBeDefined();
    const next = ses.client.send(mailTo('ada@example.org'));
    await expect(next).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  it('throttles no other call', async () => {
    const answers = await atOnce(20, () => ses.client.send(new GetAccountCommand()));
    expect(answers).toHaveLength(20);
  });

  it('signs nothing', async () => {
    const { data } = await control<{ data: { id: string }[] }>(ses.ses.url, 'GET', 'inbox');
    const path = `inbox/${data[0]?.id}`;
    const { source } = await control<{ source: string }>(ses.ses.url, 'GET', path);
    expect(source).toContain('From: ');
    expect(source).not.toContain('DKIM-Signature');
  });

  it('knows mails in parts only, no templates and no ready messages', async () => {
    const Content = { Raw: { Data: Buffer.from('From: news@example.com\n\nHi') } };
    const raw = ses.client.send(mailTo('ada@example.org', { Content }));
    await expect(raw).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});
