/** An address from a header, parsed. */
export type Address = {
  /** As written, display name included. */
  readonly written: string;
  /** The bare address, its domain in lower case. */
  readonly bare: string;
  readonly local: string;
  readonly domain: string;
};

export type AddressResult = { readonly address: Address } | { readonly problem: string };

/** RFC 5321 §4.5.3.1.1 and .2. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;

const CONTROL = /\p{Cc}/u;
const NOT_ASCII = /\P{ASCII}/u;
const ATOMS = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const QUOTED = /^"([^"\\]|\\.)*"$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const SPECIALS = /[()<>[\]:;@\\,"]/;

/** Judges one header address as SES does: ASCII only, an encoded display name, a final `@domain`. */
export function parseAddress(written: string): AddressResult {
  if (CONTROL.test(written)) return { problem: 'Address contains control characters' };
  const bracketed = /^(.*)<([^<>]*)>\s*$/.exec(written);
  const name = bracketed?.[1]?.trim() ?? '';
  const bare = (bracketed?.[2] ?? written).trim();
  const problem = nameProblem(name) ?? bareProblem(bare);
  if (problem) return { problem };
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at);
  const domain = bare.slice(at + 1).toLowerCase();
  return { address: { written, bare: `${local}@${domain}`, local, domain } };
}

function nameProblem(name: string): string | undefined {
  if (NOT_ASCII.test(name))
    return 'Display name contains non-ASCII characters that are not encoded';
  if (name !== '' && !QUOTED.test(name) && SPECIALS.test(name)) return 'Illegal display name';
  return undefined;
}

function bareProblem(bare: string): string | undefined {
  const at = bare.lastIndexOf('@');
  if (at < 0) return "Missing final '@domain'";
  return localProblem(bare.slice(0, at)) ?? domainProblem(bare.slice(at + 1));
}

function localProblem(local: string): string | undefined {
  if (local === '') return 'Missing local name';
  if (NOT_ASCII.test(local)) return 'Local address contains non-ASCII characters';
  if (local.length > LONGEST_LOCAL) return 'Local address is too long';
  if (!ATOMS.test(local) && !QUOTED.test(local)) return 'Local address contains illegal character';
  return undefined;
}

function domainProblem(domain: string): string | undefined {
  if (domain === '') return 'Missing domain';
  if (NOT_ASCII.test(domain)) return 'Domain contains non-ASCII characters; use its punycode form';
  if (domain.length > LONGEST_DOMAIN) return 'Domain is too long';
  const wrong = domain
    .toLowerCase()
    .split('.')
    .some((label) => !LABEL.test(label));
  return wrong ? 'Domain contains illegal character' : undefined;
}
