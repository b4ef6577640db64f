import { startReceiver } from '../e2e/receiver.ts';
import { until } from '../kit/patience.ts';
import { call, type Dashboard } from './dashboard.ts';

const HTML = '<h1>Thank you, Ada</h1><p>Your order 4711 is on its way.</p>';
const RECIPIENTS = [
  'ada@example.com',
  'bounced@example.com',
  'complained@example.org',
  'delayed@example.net',
  'grace@example.com',
];

/** Sends one and waits until it is in its last state. */
async function send({ system }: Dashboard, to: string): Promise<string> {
  const body = { from: 'Corner Shop <hello@maillayer.test>', to, subject: 'Your receipt' };
  const text = 'Thank you, Ada. Your order 4711 is on its way.';
  const email = { ...body, html: HTML, text, tags: ['receipt'] };
  const { id } = await call(system, { path: 'emails', body: email });
  return String(id);
}

/** The newest entry of a list, once there is one. */
async function untilListed({ system }: Dashboard, path: string): Promise<{ readonly id: string }> {
  return await until(async () => {
    const { data } = (await call(system, { method: 'GET', path })) as { data: { id: string }[] };
    return data[0];
  }, `Nothing is listed at ${path}.`);
}

/** An account with something on each page: mail in several states, domains, endpoints, a refused call. */
export async function seed(dashboard: Dashboard) {
  const { system } = dashboard;
  const receiver = await startReceiver();
  receiver.answerWith('/hooks', 500);
  const hook = { url: `${receiver.origin}/hooks`, description: 'Orders' };
  const endpoint = await call(system, { path: 'webhooks', body: hook });
  const ids: string[] = [];
  for (const to of RECIPIENTS) ids.push(await send(dashboard, to));
  await receiver.at('/hooks', 4);
  for (const name of ['mail.example.com', 'shop.example.org']) {
    await call(system, { path: 'domains', body: { name } });
  }
  await system.control('/_local/identities/shop.example.org/verify', 'POST');
  await call(system, { path: 'domains/shop.example.org/verify' });
  await call(system, { path: 'domains/mail.example.com/verify' });
  const key = { name: 'Web shop', scope: 'send', domain: 'shop.example.org' };
  await call(system, { path: 'api-keys', body: key });
  const refused = { from: 'hello@nowhere.example', to: 'x@example.com', subject: 'x', text: 'x' };
  await call(system, { path: 'emails', body: refused }).catch(() => undefined);
  await untilListed(dashboard, 'suppressions?limit=1');
  const endpointId = String(endpoint.id);
  const { id: deliveryId } = await untilListed(dashboard, `webhooks/${endpointId}/deliveries`);
  return { emails: ids, endpointId, deliveryId, stop: receiver.stop };
}
