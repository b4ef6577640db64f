import * as v from 'valibot';
import { parseMailbox } from '../value/address.ts';

/** The state of the verification of a recipient's address; `failed`: its link was not followed in time. */
export const RECIPIENT_STATES = ['pending', 'verified', 'failed'] as const;
export type SandboxRecipientState = (typeof RECIPIENT_STATES)[number];

/** An address that gets mail while SES is in its sandbox, as SES has it. */
export type Recipient = {
  readonly status: SandboxRecipientState;
  /** Whether it was put there by us, and not by somebody else in the AWS account. */
  readonly isOurs: boolean;
};

/** SES's identities of single addresses; it never touches one of a domain. */
export type RecipientIdentities = {
  find(address: string): Promise<Recipient | undefined>;
  /** Has SES mail a link to the address; nothing happens where the identity is there already. */
  create(address: string): Promise<void>;
  remove(address: string): Promise<void>;
};

/** The address that somebody wrote, with a domain in punycode; a display name is none of it. */
export function readAddress(
  written: string,
): { readonly ascii: string; readonly domain: string } | { readonly problem: string } {
  const parsed = parseMailbox(written);
  if ('problem' in parsed) return parsed;
  const { ascii, domain, address } = parsed.mailbox;
  return address === written ? { ascii, domain } : { problem: 'must be an address without a name' };
}

const address = v.pipe(
  v.string('must be a string'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const read = readAddress(dataset.value);
    if ('problem' in read) addIssue({ message: read.problem });
  }),
);

/** Body of `POST /api/v1/sending/recipients`. */
export const recipientRequestSchema = v.pipe(
  v.strictObject({ address }),
  v.title('SandboxRecipientRequest'),
);

/** A recipient as the operator sees it. */
export const recipientSchema = v.pipe(
  v.strictObject({ address: v.string(), status: v.picklist(RECIPIENT_STATES) }),
  v.title('SandboxRecipient'),
);

/**
 * Has SES verify an address. Our own unverified identity is created again, because SES mails its link only
 * once; one that somebody else put there stays as it is.
 */
export async function verifyRecipient(
  ascii: string,
  identities: RecipientIdentities,
): Promise<SandboxRecipientState> {
  const found = await identities.find(ascii);
  if (found?.status === 'verified') return 'verified';
  if (found?.isOurs) await identities.remove(ascii);
  await identities.create(ascii);
  return (await identities.find(ascii))?.status ?? 'pending';
}
