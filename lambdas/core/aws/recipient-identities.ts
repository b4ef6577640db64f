import {
  AlreadyExistsException,
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { DeadlineHandler } from '../runtime/deadline.ts';
import type { Recipient, RecipientIdentities } from '../sending/recipient.ts';

/** Says that an identity is an address that the operator has verified for the sandbox. */
const PURPOSE_TAG = { Key: 'ml-purpose', Value: 'sandbox-recipient' };

function toRecipient(found: GetEmailIdentityCommandOutput): Recipient {
  const isOurs = (found.Tags ?? []).some(
    ({ Key, Value }) => Key === PURPOSE_TAG.Key && Value === PURPOSE_TAG.Value,
  );
  if (found.VerifiedForSendingStatus) return { status: 'verified', isOurs };
  return { status: found.VerificationStatus === 'FAILED' ? 'failed' : 'pending', isOurs };
}

/** A domain's identity has no `@`, so this keeps domains out; the function's role does too. */
function checked(address: string): string {
  if (!address.includes('@')) throw new Error('Only addresses are verified as recipients.');
  return address;
}

/** Resolves to `undefined` if SES says that it is already so. */
async function unless<Result>(
  already: typeof NotFoundException | typeof AlreadyExistsException,
  call: Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof already) return undefined;
    throw error;
  }
}

/** SES's identities of addresses; region, credentials and endpoint come from the SDK's own variables. */
export function openRecipientIdentities(): RecipientIdentities {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  const ses = new SESv2Client({ requestHandler, maxAttempts: 5 });
  return {
    async find(address) {
      const get = new GetEmailIdentityCommand({ EmailIdentity: checked(address) });
      const found = await unless(NotFoundException, ses.send(get));
      return found && toRecipient(found);
    },
    async create(address) {
      const identity = { EmailIdentity: checked(address), Tags: [PURPOSE_TAG] };
      await unless(AlreadyExistsException, ses.send(new CreateEmailIdentityCommand(identity)));
    },
    async remove(address) {
      const identity = { EmailIdentity: checked(address) };
      await unless(NotFoundException, ses.send(new DeleteEmailIdentityCommand(identity)));
    },
  };
}
