import { getPublicSuffix, parse } from 'tldts';
import * as v from 'valibot';
import { parseDomain } from '../value/address.ts';

/** RFC 1035 §2.3.4 allows 253; a DKIM record has 32 characters and `._domainkey.` before the name. */
const NAME_LENGTH = 253 - 32 - '._domainkey.'.length;

/** Names that SES and AWS themselves use. */
const AMAZON = ['amazonses.com', 'amazonaws.com', 'amazonaws.com.cn'];

/** Body of `POST /api/v1/domains`; what the name may be is for {@link readDomainName} to say. */
export const addDomainSchema = v.pipe(
  v.strictObject({
    name: v.pipe(v.string('must be a string'), v.nonEmpty('must not be empty')),
  }),
);

const isWithin = (name: string, parent: string) => name === parent || name.endsWith(`.${parent}`);

/**
 * A domain's name in punycode and lower case, without a dot at its end.
 *
 * @param ownHosts host names of this installation
 * @returns or what is wrong with it, to follow "The 'name' field"
 */
export function readDomainName(
  written: string,
  ownHosts: readonly string[] = [],
): { readonly name: string } | { readonly problem: string } {
  const plain = written.replace(/\.$/, '');
  if (parse(plain).isIp) return { problem: 'must be a domain name, not an IP address' };
  const parsed = parseDomain(plain);
  if (!('ascii' in parsed)) {
    return { problem: 'must be a full domain name, such as example.com' };
  }
  const { ascii: name } = parsed;
  if (name.length > NAME_LENGTH) {
    return { problem: `must have at most ${NAME_LENGTH} characters, so that its records fit` };
  }
  if (getPublicSuffix(name, { allowPrivateDomains: true }) === name) {
    return { problem: 'is a public suffix; use a domain that you own' };
  }
  const own = [...AMAZON, ...ownHosts.map((host) => host.toLowerCase())];
  if (own.some((each) => isWithin(name, each))) {
    return { problem: 'must be a domain of your own; it is a name of this service' };
  }
  return { name };
}
