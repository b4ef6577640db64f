import {
  AlreadyExistsException,
  CreateEmailIdentityCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  NotFoundException,
  PutEmailIdentityFeedbackAttributesCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { Domain } from '../domain/domain.ts';
import type { DomainIdentities, DomainIdentity } from '../domain/domain-identities.ts';
import { DeadlineHandler } from './deadline.ts';

/** Says whose an identity is; one without it was made by somebody else and is never adopted. */
const ACCOUNT_TAG = 'ml-account';

function statusOf(found: GetEmailIdentityCommandOutput): Domain['status'] {
  if (found.VerifiedForSendingStatus) return 'verified';
  return found.VerificationStatus === 'FAILED' ? 'failed' : 'pending';
}

function toIdentity(found: GetEmailIdentityCommandOutput): DomainIdentity {
  const account = found.Tags?.find(({ Key }) => Key === ACCOUNT_TAG)?.Value;
  return {
    ...(account === undefined ? {} : { account }),
    dkimTokens: found.DkimAttributes?.Tokens ?? [],
    status: statusOf(found),
  };
}

async function findIdentity(ses: SESv2Client, name: string): Promise<DomainIdentity | undefined> {
  try {
    return toIdentity(await ses.send(new GetEmailIdentityCommand({ EmailIdentity: name })));
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/** Makes the identity with a tag and a DKIM key pair that SES rotates; one that is there stays as it is. */
async function create(ses: SESv2Client, name: string, account: string): Promise<void> {
  try {
    await ses.send(
      new CreateEmailIdentityCommand({
        EmailIdentity: name,
        DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
        Tags: [{ Key: ACCOUNT_TAG, Value: account }],
      }),
    );
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
  }
}

/** SES's domain identities; region, credentials and endpoint come from the SDK's own variables. */
export function openDomainIdentities(): DomainIdentities {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  const ses = new SESv2Client({ requestHandler });
  return {
    find: (name) => findIdentity(ses, name),
    async ensure(name, account) {
      await create(ses, name, account);
      const identity = await findIdentity(ses, name);
      if (!identity) throw new Error(`SES's identity ${name} was removed while it was being made.`);
      if (identity.account === account) {
        // Bounces come as events; without this SES would mail each to the sender as well.
        await ses.send(
          new PutEmailIdentityFeedbackAttributesCommand({
            EmailIdentity: name,
            EmailForwardingEnabled: false,
          }),
        );
      }
      return identity;
    },
  };
}
