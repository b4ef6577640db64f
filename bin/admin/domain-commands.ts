import type { Account } from '../../lambdas/core/account/account.ts';
import { type Domain, dkimRecords } from '../../lambdas/core/domain/domain.ts';
import type { DomainIdentity } from '../../lambdas/core/domain/domain-identities.ts';
import { AdminError } from './admin-error.ts';
import type { Answer, Command } from './command.ts';
import type { Connection } from './connection.ts';
import { readPlans } from './plan-names.ts';
import { domainName, findAccount } from './values.ts';

const add: Command = {
  words: 'domain add',
  argument: 'DOMAIN',
  required: ['account'],
  summary: 'Adds a sending domain and prints the DNS records that prove it.',
  async run(connection, { argument, needed }) {
    const name = domainName(argument);
    const account = await findAccount(connection, needed('account'));
    await checkPlace(connection, account, name);
    refuseForeign(name, account.id, await connection.identities.find(name));
    await claim(connection, account, name);
    const identity = await connection.identities.ensure(name, account.id);
    refuseForeign(name, account.id, identity);
    await connection.domains.setTokens(account.id, name, identity.dkimTokens);
    const domain = await ownDomain(connection, account, name);
    const next = `Add these records to the DNS of ${name}, then run "npm run admin -- domain verify ${name} --account ${account.id}":`;
    return answer(domain, `${next}\n${recordLines(domain)}`);
  },
};

const verify: Command = {
  words: 'domain verify',
  argument: 'DOMAIN',
  required: ['account'],
  summary: 'Asks SES whether it has found the records; only then can the domain send.',
  async run(connection, { argument, needed }) {
    const name = domainName(argument);
    const account = await findAccount(connection, needed('account'));
    const domain = await ownDomain(connection, account, name);
    const identity = await connection.identities.find(name);
    refuseForeign(name, account.id, identity);
    if (!identity) {
      throw new AdminError(
        `SES does not know ${name} any more: run "npm run admin -- domain add ${name} --account ${account.id}" again.`,
      );
    }
    if (identity.status === 'verified') {
      await connection.domains.setVerified(account.id, name, new Date().toISOString());
      const verified = await ownDomain(connection, account, name);
      return answer(verified, `${name} is verified and can send.`);
    }
    return unverified({ ...domain, ...identity });
  },
};

/** What to do about a domain whose records SES has not found. */
function unverified(domain: Domain): Answer {
  const { name, account, status } = domain;
  const message =
    status === 'failed'
      ? `SES did not find the records of ${name} within 72 hours and gave up: remove the identity with "aws sesv2 delete-email-identity --email-identity ${name}", run "npm run admin -- domain add ${name} --account ${account}" and add the records that it prints.`
      : `${name} is pending: add these records to its DNS if they are not there yet, and ask again later; it takes minutes, up to 72 hours.`;
  const shown = answer(domain, `${message}\n${recordLines(domain)}`);
  return { ...shown, json: { ...shown.json, message } };
}

/** @throws AdminError when another account has the domain, or the plan has no room for one more */
async function checkPlace({ domains }: Connection, account: Account, name: string): Promise<void> {
  const found = await domains.find(name);
  if (found) return refuseOther(found, account);
  const most = (await readPlans())[account.plan]?.domains ?? null;
  if (most === null || (await domains.list(account.id)).length < most) return;
  throw new AdminError(
    `Account ${account.id} has as many domains as plan ${account.plan} allows (${most}): move it with "npm run admin -- account plan".`,
  );
}

async function claim({ domains }: Connection, account: Account, name: string): Promise<void> {
  const createdAt = new Date().toISOString();
  const pending = { status: 'pending', dkimTokens: [], createdAt } as const;
  if (await domains.claim({ name, account: account.id, ...pending })) return;
  const found = await domains.find(name);
  if (found) refuseOther(found, account);
}

function refuseOther(found: Domain, account: Account): void {
  if (found.account === account.id) return;
  throw new AdminError(
    `${found.name} belongs to account ${found.account}: a domain can be in one account only, so use that one.`,
  );
}

function refuseForeign(name: string, account: string, identity: DomainIdentity | undefined): void {
  if (!identity || identity.account === account) return;
  throw new AdminError(
    `SES has an identity ${name} that was not made for this account: if nothing else uses it, remove it with "aws sesv2 delete-email-identity --email-identity ${name}", then run "domain add" again.`,
  );
}

async function ownDomain({ domains }: Connection, account: Account, name: string): Promise<Domain> {
  const domain = await domains.find(name);
  if (domain?.account === account.id) return domain;
  throw new AdminError(
    `Account ${account.id} has no domain ${name}: run "npm run admin -- domain add ${name} --account ${account.id}".`,
  );
}

function answer(domain: Domain, text: string): Answer {
  const { name, account, status, createdAt, verifiedAt } = domain;
  const since = verifiedAt === undefined ? {} : { verifiedAt };
  const records = dkimRecords(domain);
  return { json: { name, account, status, createdAt, ...since, records }, text };
}

const recordLines = (domain: Domain) =>
  dkimRecords(domain)
    .map(({ name, type, value }) => `  ${name}  ${type}  ${value}`)
    .join('\n');

export const DOMAIN_COMMANDS: readonly Command[] = [add, verify];
