import type { Account } from '../../lambdas/core/account/account.ts';
import { planNamed } from '../../lambdas/core/contract/plans.ts';
import { times } from '../../lambdas/core/contract/times.ts';
import { addDomain, type DomainRefusal } from '../../lambdas/core/domain/add.ts';
import type { Domain } from '../../lambdas/core/domain/domain.ts';
import { readDomainName } from '../../lambdas/core/domain/name.ts';
import { type VerifyDeps, verifyDomain } from '../../lambdas/core/domain/verify.ts';
import { domainView } from '../../lambdas/core/domain/view.ts';
import { AdminError } from './admin-error.ts';
import type { Answer, Command } from './command.ts';
import type { Connection } from './connection.ts';
import { readPlans } from './plan-names.ts';
import { findAccount } from './values.ts';

const add: Command = {
  words: 'domain add',
  argument: 'DOMAIN',
  required: ['account'],
  summary: 'Adds a sending domain and prints its DNS records.',
  async run(connection, { argument, needed }) {
    const name = nameOf(argument);
    const account = await findAccount(connection, needed('account'));
    const wanted = { name, account: account.id, limit: await limitOf(account) };
    const added = await addDomain(wanted, depsOf(connection));
    if (!('domain' in added)) throw await errorFor(added, name, account, connection);
    const next = `Add these records to the DNS of ${name}, then run "npm run admin -- domain verify ${name} --account ${account.id}":`;
    return answer(added.domain, next, connection);
  },
};

const verify: Command = {
  words: 'domain verify',
  argument: 'DOMAIN',
  required: ['account'],
  summary: 'Checks the records with SES and DNS; a domain can send once both confirm them.',
  async run(connection, { argument, needed }) {
    const name = nameOf(argument);
    const account = await findAccount(connection, needed('account'));
    const domain = await ownDomain(connection, account, name);
    const verified = await verifyDomain(domain, await limitOf(account), depsOf(connection));
    if (!('domain' in verified)) throw await errorFor(verified, name, account, connection);
    const { status, reason } = verified.domain;
    if (status === 'verified') {
      return answer(verified.domain, `${name} is verified and can send.`, connection);
    }
    const message = `${name} is ${status}. ${reason ?? ''}`.trim();
    const { json, text } = await answer(verified.domain, message, connection);
    return { json: { ...json, message }, text };
  },
};

/** @throws AdminError for what can be no sending domain */
function nameOf(written: string): string {
  const read = readDomainName(written);
  if ('name' in read) return read.name;
  throw new AdminError(`"${written}" cannot be used: it ${read.problem}.`);
}

async function limitOf({ plan }: Account): Promise<number | null> {
  return planNamed(await readPlans(), plan)?.domains ?? null;
}

function depsOf({ domains, places, identities, notices, dns }: Connection): VerifyDeps {
  return { domains, places, identities, notices, dns, times: times(1), now: Date.now };
}

/** The operator is told whose a domain is and what is in the way. */
async function errorFor(
  { outcome }: DomainRefusal,
  name: string,
  account: Account,
  { domains }: Connection,
): Promise<AdminError> {
  if (outcome === 'full') {
    return new AdminError(
      `Account ${account.id} already has all the domains that plan ${account.plan} allows (${await limitOf(account)}): move it to a larger plan with "npm run admin -- account plan".`,
    );
  }
  if (outcome === 'foreign') {
    return new AdminError(
      `SES has an identity ${name} that was not made for this account: if nothing else uses it, remove it with "aws sesv2 delete-email-identity --email-identity ${name}", then run "domain add" again.`,
    );
  }
  const found = await domains.find(name);
  const holder = found ?? (await domains.findReleased(name));
  const state = found && found.status !== 'failed' ? 'belongs to' : 'was last used by';
  const advice =
    found && found.status !== 'failed'
      ? 'a domain can belong to only one account, so use that account'
      : 'remove its old DKIM records from DNS, wait until they are gone, and add it again';
  return new AdminError(`${name} ${state} account ${holder?.account ?? '(unknown)'}: ${advice}.`);
}

async function ownDomain({ domains }: Connection, account: Account, name: string): Promise<Domain> {
  const domain = await domains.find(name);
  if (domain?.account === account.id) return domain;
  throw new AdminError(
    `Account ${account.id} has no domain ${name}: run "npm run admin -- domain add ${name} --account ${account.id}".`,
  );
}

async function answer(
  domain: Domain,
  message: string,
  { identities }: Connection,
): Promise<Answer> {
  const view = domainView(domain, await identities.region());
  const lines = view.records.map((record) => {
    const { name, type, value, priority, required, status } = record;
    const written = priority === undefined ? value : `${priority} ${value}`;
    const need = required ? 'required' : 'recommended';
    return `  ${name}  ${type}  ${written}  (${need}, ${status})`;
  });
  const shown = domain.status === 'verified' ? [] : lines;
  const json = { ...view, account: domain.account };
  return { json, text: [message, ...shown].join('\n') };
}

export const DOMAIN_COMMANDS: readonly Command[] = [add, verify];
