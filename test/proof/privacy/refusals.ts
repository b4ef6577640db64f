import { makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import type { Mail } from './canaries.ts';
import type { Stage } from './stage.ts';

/** A request to send a mail that is full of canaries. */
export function bodyOf(mail: Mail, domain: string, recipient = `${mail.recipient}@example.com`) {
  const { sender, subject, html, text, name, tag } = mail;
  return {
    from: `${name} <${sender}@${domain}>`,
    to: [`${name} <${recipient}>`],
    cc: [`${name} <cc${recipient}>`],
    bcc: [`bcc${recipient}`],
    replyTo: `${name} <${recipient}>`,
    tags: [tag],
    ...{ subject, html, text },
  };
}

/** Each field in turn with a value that is refused and holds its canary. */
export async function wrongFields({ ask, world, newMail }: Stage): Promise<void> {
  const mail = newMail();
  const body = bodyOf(mail, world.domain);
  const { recipient, sender, subject, html, text, tag } = mail;
  const wrong: readonly object[] = [
    { from: `${sender}` },
    { from: `${sender} x@${world.domain}` },
    { from: `"${sender}"@${world.domain}` },
    { to: recipient },
    { to: [`${recipient}@@example.com`, `${recipient}@exa mple.com`] },
    { to: `${recipient}@example.com, x${recipient}@example.com` },
    { cc: [`${recipient} x@example.com`] },
    { bcc: [`${recipient}@${recipient}_.example`] },
    { replyTo: [`x, ${recipient}@example.com`] },
    { subject: `${subject}\n` },
    { subject: subject.repeat(40) },
    { html: { html } },
    { text: [text] },
    { tags: [`${tag}\r`] },
    { tags: [tag.repeat(3)] },
    { headers: { subject } },
  ];
  for (const change of wrong) await ask('POST', 'emails', { body: { ...body, ...change } });
  await ask('POST', 'emails', { body: JSON.stringify(body).slice(0, -1) });
  await ask('POST', 'emails', { body: `[${JSON.stringify(body)}]` });
  await ask('POST', 'emails', { body: { ...body, html: html + 'x'.repeat(5 * 1024 * 1024) } });
  await ask('POST', 'emails', { body, headers: { 'idempotency-key': 'x'.repeat(257) } });
}

/** Keys that open nothing, and nearly are keys that do. */
export async function wrongKeys({ ask, world, newMail }: Stage): Promise<void> {
  const { live } = world.keys;
  const body = bodyOf(newMail(), world.domain);
  const keys = [
    ...[live.slice(0, -1), `${live}x`, live.toLowerCase(), live.replace('live', 'test')],
    ...[`Basic ${Buffer.from(`${live}:`).toString('base64')}`, `Bearer "${live}"`, `Token ${live}`],
    ...[world.revoked, makeKeyText('live'), `Bearer ${live} ${live}`],
  ];
  for (const key of keys) {
    await ask('POST', 'emails', { key, body });
    await ask('GET', 'account', { key });
  }
  await ask('GET', `emails?api_key=${live}`, { key: 'none' });
  await ask('GET', `emails?key=${live}`);
  await ask('GET', `emails/${live}`);
  await ask('GET', `${live}/emails`);
  await ask('DELETE', `api-keys/${live}`);
  await ask('POST', 'api-keys', { body: { name: `${live}\n` } });
}

/** What a valid request is refused for: domain, suppression, scope, rate, quota, another body. */
export async function forbidden(stage: Stage): Promise<void> {
  const { ask, world, newMail, limitedKey } = stage;
  const mail = newMail();
  const body = bodyOf(mail, world.domain);
  const address = `${mail.recipient}@example.com`;
  await ask('POST', 'emails', { body: bodyOf(mail, 'unverified.example') });
  await ask('POST', 'suppressions', { body: { address, detail: mail.subject } });
  await ask('POST', 'emails', { body });
  await ask('GET', `emails?recipient=${address}&tag=${encodeURIComponent(mail.tag)}`, {
    key: world.keys.send,
  });
  await ask('GET', `emails?recipient=${mail.recipient}`);
  await ask('GET', `emails?status=${mail.recipient}`);
  await ask('GET', `emails?cursor=${Buffer.from(mail.recipient).toString('base64url')}`);
  await ask('GET', `suppressions/x${address}`);
  await ask('DELETE', `suppressions/x${address}`);
  await ask('PUT', `suppressions/${address}`);
  await ask('GET', `nowhere/${address}`);
  await ask('POST', 'suppressions', { body: { address: `${mail.recipient} x@example.com` } });
  await ask('POST', 'suppressions', { body: { address, detail: `${mail.subject}\n` } });
  await ask('POST', 'sending/recipients', { body: { address: `${mail.name} <${address}>` } });
  await ask('POST', 'webhooks', {
    body: { url: `https://${mail.recipient}:${mail.sender}@x.example/` },
  });
  await ask('POST', 'domains', { body: { name: `${mail.recipient}@example.com` } });
  await ask('DELETE', `suppressions/${address}`);
  const headers = { 'idempotency-key': mail.recipient };
  await ask('POST', 'emails', { body, headers });
  await ask('POST', 'emails', { body, headers });
  await ask('POST', 'emails', { body: { ...body, subject: 'Another' }, headers });
  await Promise.all(
    Array.from({ length: 3 }, () => ask('POST', 'emails', { key: limitedKey, body })),
  );
}
