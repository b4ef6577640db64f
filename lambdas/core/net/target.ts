import { isIP } from 'node:net';
import { isLocalhost, objectionToName } from './host-name.ts';

/** What a URL is held against before anything is resolved. */
export type UrlRules = {
  /** True on the laptop only: plain HTTP, loopback and any port are allowed as well. */
  readonly local: boolean;
  /** Ports that are allowed: 443, and 8443 where the stack says so. */
  readonly ports: readonly number[];
  /** Host names of our own API, which no webhook is sent to. */
  readonly ownHosts: readonly string[];
};

/** Where a URL leads. */
export type Target = {
  readonly url: URL;
  /** A name in lower case and punycode, or an IP address without brackets. */
  readonly host: string;
  readonly isAddress: boolean;
};

/** Our own limit, that of the sitemaps protocol too: far more than a receiver needs. */
const URL_LENGTH = 2048;
/** URL parsers drop or rewrite these without a word, each its own way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for them.
const REWRITTEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\\]/;
const DEFAULT_PORT: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

function objectionToText(written: string): string | undefined {
  if (written.length > URL_LENGTH) return `must have at most ${URL_LENGTH} characters`;
  if (REWRITTEN.test(written)) {
    return 'must not contain spaces, control characters or backslashes; write them percent-encoded';
  }
  return URL.canParse(written) ? undefined : 'must be a URL such as https://www.acme.com/webhooks';
}

function objectionToParts(url: URL, { local, ports }: UrlRules): string | undefined {
  const isWeb = url.protocol === 'https:' || (local && url.protocol === 'http:');
  if (!isWeb) return 'must begin with https://';
  if (url.username !== '' || url.password !== '') {
    return 'must not contain a user name or password; every webhook is signed instead';
  }
  const port = url.port === '' ? DEFAULT_PORT[url.protocol] : Number(url.port);
  const isOpen = local || ports.some((each) => each === port);
  return isOpen ? undefined : `must use port ${ports.join(' or ')}`;
}

function objectionToHost(target: Target, { local, ownHosts }: UrlRules): string | undefined {
  const { host, isAddress } = target;
  if (ownHosts.some((own) => own.toLowerCase() === host)) return 'must not point to this API';
  if (isAddress || (local && isLocalhost(host))) return undefined;
  return objectionToName(host);
}

/**
 * Reads a URL by the rules that need no look-up: where it leads, or what is wrong with it as a sentence
 * part that follows "The 'url' field". Whether an address is public is not among them.
 */
export function readTarget(
  written: string,
  rules: UrlRules,
): { readonly target: Target } | { readonly objection: string } {
  const unreadable = objectionToText(written);
  if (unreadable !== undefined) return { objection: unreadable };
  const url = new URL(written);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const target = { url, host, isAddress: isIP(host) !== 0 };
  const objection = objectionToParts(url, rules) ?? objectionToHost(target, rules);
  return objection === undefined ? { target } : { objection };
}
