import {
  AlreadyExistsException,
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  NotFoundException,
  PutEmailIdentityFeedbackAttributesCommand,
  PutEmailIdentityMailFromAttributesCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { mailFromDomain } from '../domain/dns-records.ts';
import type { Domain } from '../domain/domain.ts';
import type { DomainIdentities, DomainIdentity } from '../domain/domain-identities.ts';
import { DeadlineHandler } from '../runtime/deadline.ts';

/** Says whose an identity is; one without it was made by somebody else and is never adopted. */
const ACCOUNT_TAG = 'ml-account';

function statusOf(found: GetEmailIdentityCommandOutput): Domain['status'] {
  if (found.VerifiedForSendingStatus) return 'verified';
  return found.VerificationStatus === 'FAILED' ? 'failed' : 'pending';
}

/** A host name as name servers write it: in lower case, without a dot at its end. */
const hostName = (written: string) => written.toLowerCase().replace(/\.$/, '');

function toIdentity(found: GetEmailIdentityCommandOutput): DomainIdentity {
  const account = found.Tags?.find(({ Key }) => Key === ACCOUNT_TAG)?.Value;
  const { Tokens = [], SigningHostedZone: zone = '' } = found.DkimAttributes ?? {};
  return {
    ...(account === undefined ? {} : { account }),
    dkimTokens: Tokens,
    ...(zone === '' ? {} : { dkimZone: hostName(zone) }),
    status: statusOf(found),
  };
}

async function getIdentity(
  ses: SESv2Client,
  name: string,
): Promise<GetEmailIdentityCommandOutput | undefined> {
  try {
    return await ses.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
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

/** Sets what SES has otherwise; SES allows one such call a second, so none is made without need. */
async function configure(
  ses: SESv2Client,
  name: string,
  found: GetEmailIdentityCommandOutput,
): Promise<void> {
  if (found.FeedbackForwardingStatus !== false) {
    // Bounces come as events; without this SES would mail each to the sender as well.
    const feedback = { EmailIdentity: name, EmailForwardingEnabled: false };
    await ses.send(new PutEmailIdentityFeedbackAttributesCommand(feedback));
  }
  const MailFromDomain = mailFromDomain(name);
  if (found.MailFromAttributes?.MailFromDomain === MailFromDomain) return;
  await ses.send(
    new PutEmailIdentityMailFromAttributesCommand({
      EmailIdentity: name,
      MailFromDomain,
      // Its records are recommended, not required.
      BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
    }),
  );
}

async function remove(ses: SESv2Client, name: string): Promise<void> {
  try {
    await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: name }));
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}

/** SES's domain identities; region, credentials and endpoint come from the SDK's own variables. */
export function openDomainIdentities(): DomainIdentities {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  const ses = new SESv2Client({ requestHandler, maxAttempts: 5 });
  return {
    async find(name) {
      const found = await getIdentity(ses, name);
      return found && toIdentity(found);
    },
    async ensure(name, account) {
      await create(ses, name, account);
      const found = await getIdentity(ses, name);
      if (!found) throw new Error(`SES's identity ${name} was removed while it was being made.`);
      const identity = toIdentity(found);
      if (identity.account === account) await configure(ses, name, found);
      return identity;
    },
    remove: (name) => remove(ses, name),
    region: () => ses.config.region(),
  };
}
