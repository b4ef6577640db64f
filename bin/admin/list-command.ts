import type { Account } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { Domain } from '../../lambdas/core/domain/domain.ts';
import type { Command } from './command.ts';

type Holdings = Account & { readonly domains: readonly Domain[]; readonly keys: readonly ApiKey[] };

/** `list`: every account with its domains and keys; of a key only the last four characters are known. */
export const LIST_COMMAND: Command = {
  words: 'list',
  required: [],
  summary: 'Shows all accounts with plan, domains and keys.',
  async run({ accounts, domains, keys }) {
    const all: Holdings[] = [];
    for (const account of await accounts.list()) {
      all.push({
        ...account,
        domains: await domains.list(account.id),
        keys: await keys.list(account.id),
      });
    }
    const empty = 'No account exists yet: create one with "npm run admin -- account create".';
    return { json: { accounts: all }, text: all.map(describe).join('\n\n') || empty };
  },
};

function describe({ id, name, plan, status, domains, keys }: Holdings): string {
  return [
    `${id}  ${name}  plan ${plan}  ${status}`,
    ...domains.map((domain) => `  domain  ${domain.name}  ${domain.status}`),
    ...keys.flatMap((key) => [`  key     ${describeKey(key)}`, `          id ${key.id}`]),
  ].join('\n');
}

function describeKey({ environment, last4, name, scope, domain, revokedAt }: ApiKey): string {
  const bound = domain === undefined ? '' : `  only ${domain}`;
  const revoked = revokedAt === undefined ? '' : `  revoked ${revokedAt}`;
  return `ml_${environment}_…${last4}  ${name}  scope ${scope}${bound}${revoked}`;
}
