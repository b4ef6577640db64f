import { parseAddress } from './address.ts';
import { badRequest } from './errors.ts';
import { jsonBody, type Route, route, sendJson } from './http.ts';
import { dkimTokens, type Identities, type Identity, identityName } from './identities.ts';
import { describeIdentity, summarizeIdentity } from './identity-shapes.ts';

const PATH = '/v2/email/identities';
const MOST_PER_PAGE = 1000;

/** SES's calls that make, read and change identities. */
export function identityRoutes(identities: Identities): readonly Route[] {
  return [
    route('POST', PATH, (call, response) => {
      const identity = newIdentity(jsonBody(call));
      identities.add(identity);
      const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = describeIdentity(identity);
      sendJson(response, 200, { IdentityType, VerifiedForSendingStatus, DkimAttributes });
    }),
    // SDKs made before the call took filters ask with GET.
    route('GET', PATH, ({ query }, response) => {
      const [PageSize, NextToken] = [query.get('PageSize'), query.get('NextToken')];
      sendJson(
        response,
        200,
        page(identities.list(), { PageSize: PageSize ?? undefined, NextToken }),
      );
    }),
    route('POST', '/v2/email/list-identities', (call, response) => {
      sendJson(response, 200, page(identities.list(), jsonBody(call)));
    }),
    route('GET', `${PATH}/{name}`, (call, response) => {
      sendJson(response, 200, describeIdentity(identities.get(call.params.name ?? '')));
    }),
    route('DELETE', `${PATH}/{name}`, (call, response) => {
      identities.remove(call.params.name ?? '');
      sendJson(response, 200, {});
    }),
    route('PUT', `${PATH}/{name}/feedback`, (call, response) => {
      const feedbackForwarding = jsonBody(call).EmailForwardingEnabled === true;
      identities.change(call.params.name ?? '', { feedbackForwarding });
      sendJson(response, 200, {});
    }),
    route('PUT', `${PATH}/{name}/mail-from`, (call, response) => {
      identities.change(call.params.name ?? '', { mailFrom: mailFrom(jsonBody(call)) });
      sendJson(response, 200, {});
    }),
  ];
}

function newIdentity(body: Readonly<Record<string, unknown>>): Identity {
  const written = body.EmailIdentity;
  if (typeof written !== 'string') throw badRequest('EmailIdentity is required.');
  const isAddress = written.includes('@');
  const parsed = parseAddress(isAddress ? written : `postmaster@${written}`);
  if ('problem' in parsed) throw badRequest(`Invalid email identity ${written}: ${parsed.problem}`);
  const name = identityName(written);
  const signing = body.DkimSigningAttributes as Record<string, unknown> | undefined;
  const selector = signing?.DomainSigningSelector;
  const own = typeof selector === 'string' ? [selector] : undefined;
  return {
    name,
    type: isAddress ? 'EMAIL_ADDRESS' : 'DOMAIN',
    status: 'PENDING',
    dkimTokens: isAddress ? [] : (own ?? dkimTokens(name)),
    dkimOrigin: own ? 'EXTERNAL' : 'AWS_SES',
    feedbackForwarding: true,
    mailFrom: null,
    tags: Array.isArray(body.Tags) ? body.Tags : [],
  };
}

function mailFrom(body: Readonly<Record<string, unknown>>): Identity['mailFrom'] {
  const domain = body.MailFromDomain;
  if (typeof domain !== 'string' || domain === '') return null;
  const rejectOnMxFailure = body.BehaviorOnMxFailure === 'REJECT_MESSAGE';
  return { domain, rejectOnMxFailure, status: 'PENDING' };
}

function page(identities: readonly Identity[], request: Readonly<Record<string, unknown>>) {
  const size = Number(request.PageSize ?? MOST_PER_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > MOST_PER_PAGE) {
    throw badRequest(`PageSize must be between 1 and ${MOST_PER_PAGE}.`);
  }
  const after = request.NextToken;
  const all = identities.filter(matches((request.Filter ?? {}) as Record<string, unknown>));
  const rest = typeof after === 'string' ? all.filter(({ name }) => name > after) : all;
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  return {
    EmailIdentities: shown.map(summarizeIdentity),
    ...(last && rest.length > shown.length ? { NextToken: last.name } : {}),
  };
}

/** `ListEmailIdentities`' filter; what it does not name matches. */
function matches(filter: Readonly<Record<string, unknown>>) {
  const { IDENTITY_NAME_CONTAINS: part, IDENTITY_TYPE: type, VERIFICATION_STATUS: status } = filter;
  return (identity: Identity) =>
    (typeof part !== 'string' || identity.name.includes(part)) &&
    (type === undefined || identity.type === type) &&
    (status === undefined || identity.status === status);
}
