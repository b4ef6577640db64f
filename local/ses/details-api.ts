import type { AccountState } from './account.ts';
import { parseAddress } from './address.ts';
import { badRequest, SesError } from './errors.ts';
import { jsonBody, type Route, route, sendJson } from './http.ts';

type Body = Readonly<Record<string, unknown>>;

const isText = (value: unknown, least: number, most: number) =>
  typeof value === 'string' && value.length >= least && value.length <= most;

const isAddress = (value: unknown) =>
  isText(value, 6, 254) && !('problem' in parseAddress(String(value)));

/** SES's own limits of the call (`PutAccountDetailsRequest`). */
function checkDetails(body: Body): void {
  const { MailType, WebsiteURL, UseCaseDescription, AdditionalContactEmailAddresses } = body;
  if (MailType !== 'MARKETING' && MailType !== 'TRANSACTIONAL') {
    throw badRequest('MailType must be MARKETING or TRANSACTIONAL.');
  }
  if (!isText(WebsiteURL, 1, 1000)) throw badRequest('WebsiteURL must have 1 to 1000 characters.');
  if (UseCaseDescription !== undefined && !isText(UseCaseDescription, 1, 5000)) {
    throw badRequest('UseCaseDescription must have 1 to 5000 characters.');
  }
  const contacts = AdditionalContactEmailAddresses ?? ['nobody@example.com'];
  const fits = Array.isArray(contacts) && contacts.length >= 1 && contacts.length <= 4;
  if (!fits || !contacts.every(isAddress)) {
    throw badRequest('AdditionalContactEmailAddresses must hold 1 to 4 addresses.');
  }
}

/** `PutAccountDetails`: the request for production access, which is then under review until told otherwise. */
export function detailsRoutes(account: AccountState): readonly Route[] {
  return [
    route('POST', '/v2/email/account/details', (call, response) => {
      const body = jsonBody(call);
      checkDetails(body);
      if (account.settings().review === 'PENDING') {
        const message = 'The account details are under review already.';
        throw new SesError('ConflictException', message);
      }
      if (body.ProductionAccessEnabled === true) account.change({ review: 'PENDING' });
      sendJson(response, 200, {});
    }),
  ];
}
