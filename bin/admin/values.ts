import type { Account } from '../../lambdas/core/account/account.ts';
import {
  hasControlCharacter,
  parseDomain,
  parseMailbox,
} from '../../lambdas/core/value/address.ts';
import { AdminError } from './admin-error.ts';
import type { Connection } from './connection.ts';

/** Longest name of an account or key; our own choice, so that lists stay readable. */
const NAME_LENGTH = 100;

/** @throws AdminError when there is no such account */
export async function findAccount({ accounts }: Connection, id: string): Promise<Account> {
  const account = await accounts.find(checkAccountId(id));
  if (account) return account;
  throw new AdminError(
    `The account ${id} does not exist: "npm run admin -- list" shows all accounts.`,
  );
}

/** @throws AdminError for anything but 24 lower-case hex digits */
export function checkAccountId(id: string): string {
  if (/^[0-9a-f]{24}$/.test(id)) return id;
  throw new AdminError(`"${id}" is not an account id: give 24 hex digits in lower case.`);
}

/** @throws AdminError for anything but a UUID in lower case, which is what Cognito calls a user by */
export function checkSub(sub: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(sub)) return sub;
  throw new AdminError(
    `"${sub}" is not a user of the user pool: give the user's "sub", which the Cognito console shows.`,
  );
}

/** @throws AdminError for a name that is blank, too long, or not printable */
export function checkName(name: string): string {
  const fits = name.trim() !== '' && name.length <= NAME_LENGTH;
  if (fits && name.isWellFormed() && !hasControlCharacter(name)) return name;
  throw new AdminError(`--name must be 1 to ${NAME_LENGTH} printable characters: choose another.`);
}

/** The name as DNS has it: punycode, lower case, no dot at the end. */
export function domainName(written: string): string {
  const parsed = parseDomain(written.replace(/\.$/, ''));
  if ('ascii' in parsed) return parsed.ascii;
  throw new AdminError(`"${written}" is not a domain name: give a full one, such as example.com.`);
}

/** The form under which an address is suppressed. */
export function suppressedAddress(written: string): string {
  const parsed = parseMailbox(written);
  if ('mailbox' in parsed) return parsed.mailbox.key;
  throw new AdminError(
    `"${written}" cannot be suppressed because it ${parsed.problem}: give an address such as ada@example.com.`,
  );
}

/** The option's value, if it is one of those that it may have. */
export function oneOf<Value extends string>(
  option: string,
  value: string,
  values: readonly Value[],
): Value {
  const found = values.find((each) => each === value);
  if (found) return found;
  throw new AdminError(
    `--${option} cannot be "${value}": give ${values.map((each) => `"${each}"`).join(' or ')}.`,
  );
}
