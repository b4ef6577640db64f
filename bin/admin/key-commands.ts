import { type ApiKey, makeKeyText, readKeyText } from '../../lambdas/core/api-key/api-key.ts';
import { createWithinLimit, MOST_KEYS } from '../../lambdas/core/api-key/key-limit.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { AdminError } from './admin-error.ts';
import type { Command, Given } from './command.ts';
import type { Connection } from './connection.ts';
import { checkName, domainName, findAccount, oneOf } from './values.ts';

const create: Command = {
  words: 'key create',
  required: ['account', 'environment', 'name'],
  optional: ['scope', 'domain', 'secret'],
  summary: 'Creates an API key and prints it once; the default scope is "send".',
  async run(connection, given) {
    const { options, needed } = given;
    const environment = oneOf('environment', needed('environment'), ['live', 'test']);
    const scope = oneOf('scope', options.scope ?? 'send', ['send', 'full']);
    const name = checkName(needed('name'));
    const text = makeKeyText(environment, checkSecret(connection, options.secret));
    const account = await findAccount(connection, needed('account'));
    const key: ApiKey = {
      id: keyId(text),
      account: account.id,
      name,
      environment,
      scope,
      ...(await boundDomain(connection, account.id, given)),
      last4: text.slice(-4),
      createdAt: new Date().toISOString(),
    };
    await keep(connection, key);
    const kept = (await connection.keys.find(key.id)) ?? key;
    if (kept.account !== account.id) {
      throw new AdminError('Another account already uses this secret: choose another.');
    }
    const state = kept.revokedAt === undefined ? '' : ` It was revoked at ${kept.revokedAt}.`;
    return {
      json: { key: text, ...kept },
      text: `${text}\nKeep this key now: it is not shown again.${state}`,
    };
  },
};

/**
 * A key with a fixed secret may be there already, and stays as it is.
 *
 * @throws AdminError when the account has as many keys as it may have
 */
async function keep({ keys, keyPlaces }: Connection, key: ApiKey): Promise<void> {
  if (await keys.find(key.id)) return;
  if (await createWithinLimit({ apiKeys: keys, keyPlaces }, key, Date.now())) return;
  throw new AdminError(
    `Account ${key.account} already has the maximum of ${MOST_KEYS} active keys: revoke one with "npm run admin -- key revoke".`,
  );
}

/** @throws AdminError for a secret of another form, or for a deployed system */
function checkSecret({ local }: Connection, secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  if (!local) {
    throw new AdminError(
      '--secret is for local systems only, because a key that is written down is not secret: omit it.',
    );
  }
  if (!/^[0-9A-Za-z]{30}$/.test(secret)) {
    throw new AdminError('--secret must be 30 letters and digits: choose another.');
  }
  return secret;
}

async function boundDomain({ domains }: Connection, account: string, { options }: Given) {
  if (options.domain === undefined) return {};
  const domain = domainName(options.domain);
  if ((await domains.find(domain))?.account === account) return { domain };
  throw new AdminError(
    `Account ${account} has no domain ${domain}: run "npm run admin -- domain add ${domain} --account ${account}" first.`,
  );
}

const revoke: Command = {
  words: 'key revoke',
  argument: 'KEY_ID',
  required: ['account'],
  summary: 'Revokes a key, by its id or its text, immediately and permanently.',
  async run(connection, { argument, needed }) {
    const account = await findAccount(connection, needed('account'));
    const id = readKeyText(argument)?.id ?? argument;
    if (!(await connection.keys.revoke(account.id, id, new Date().toISOString()))) {
      throw new AdminError(
        `Account ${account.id} has no such key: "npm run admin -- list" shows the ids of all keys.`,
      );
    }
    const key = await connection.keys.find(id);
    const text = `The key ending in ${key?.last4 ?? ''} is revoked.`;
    return { json: { ...key }, text };
  },
};

export const KEY_COMMANDS: readonly Command[] = [create, revoke];
