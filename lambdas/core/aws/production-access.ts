import {
  BadRequestException,
  ConflictException,
  PutAccountDetailsCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { DeadlineHandler } from '../runtime/deadline.ts';
import type { Asked, AskForProduction } from '../sending/production-access.ts';

function refusedAs(error: unknown): Asked {
  if (error instanceof ConflictException) return { kind: 'under review' };
  if (error instanceof BadRequestException) return { kind: 'invalid', message: error.message };
  throw error;
}

/** Puts the request to SES; region, credentials and endpoint come from the SDK's own variables. */
export function productionAccess(): AskForProduction {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  // One try: after a lost answer a second one would say that the request is under review already.
  const ses = new SESv2Client({ requestHandler, maxAttempts: 1 });
  return async ({ mailType, websiteUrl, useCaseDescription, additionalContactEmails }) => {
    const details = new PutAccountDetailsCommand({
      MailType: mailType,
      WebsiteURL: websiteUrl,
      UseCaseDescription: useCaseDescription,
      ContactLanguage: 'EN',
      ProductionAccessEnabled: true,
      ...(additionalContactEmails
        ? { AdditionalContactEmailAddresses: additionalContactEmails }
        : {}),
    });
    try {
      await ses.send(details);
      return { kind: 'asked' };
    } catch (error) {
      return refusedAs(error);
    }
  };
}
