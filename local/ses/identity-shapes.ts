import { DKIM_ZONE, type Identity } from './identities.ts';

/** `GetEmailIdentity`'s answer; `CreateEmailIdentity` gives a part of it. */
export function describeIdentity(identity: Identity) {
  const { mailFrom } = identity;
  return {
    IdentityType: identity.type,
    FeedbackForwardingStatus: identity.feedbackForwarding,
    VerifiedForSendingStatus: identity.status === 'SUCCESS',
    VerificationStatus: identity.status,
    DkimAttributes: dkimAttributes(identity),
    MailFromAttributes: {
      ...(mailFrom
        ? { MailFromDomain: mailFrom.domain, MailFromDomainStatus: mailFrom.status }
        : {}),
      BehaviorOnMxFailure: mailFrom?.rejectOnMxFailure ? 'REJECT_MESSAGE' : 'USE_DEFAULT_VALUE',
    },
    Policies: {},
    Tags: identity.tags,
  };
}

/** One entry of `ListEmailIdentities`. */
export function summarizeIdentity(identity: Identity) {
  return {
    IdentityType: identity.type,
    IdentityName: identity.name,
    SendingEnabled: identity.status === 'SUCCESS',
    VerificationStatus: identity.status,
  };
}

function dkimAttributes(identity: Identity) {
  if (identity.type === 'EMAIL_ADDRESS') {
    return { SigningEnabled: false, Status: 'NOT_STARTED', SigningAttributesOrigin: 'AWS_SES' };
  }
  const length = 'RSA_2048_BIT';
  return {
    SigningEnabled: true,
    Status: identity.status,
    Tokens: identity.dkimTokens,
    SigningAttributesOrigin: identity.dkimOrigin,
    // The key of an origin of somebody's own is in their DNS.
    ...(identity.dkimOrigin === 'AWS_SES' ? { SigningHostedZone: DKIM_ZONE } : {}),
    NextSigningKeyLength: length,
    ...(identity.status === 'SUCCESS' ? { CurrentSigningKeyLength: length } : {}),
  };
}
