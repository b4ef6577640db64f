/** RFC 1035 §2.3.4. */
const NAME_LENGTH = 253;
/** RFC 1123 §2.1; the underscore because some hosters give it out. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** RFC 3696 §2: a top-level domain is not all digits; it is letters, or punycode. */
const TOP_LEVEL = /^([a-z]{2,63}|xn--[a-z0-9-]+)$/;

/** Ends of names that the public DNS does not serve, or not as names of hosts. */
const RESERVED: ReadonlySet<string> = new Set([
  // RFC 6761
  'example',
  'invalid',
  'localhost',
  'test',
  // RFC 6762, §3 and Appendix G
  'local',
  'corp',
  'home',
  'intranet',
  'lan',
  'private',
  // RFC 7686
  'onion',
  // RFC 8375 reserves home.arpa, RFC 3172 the rest for infrastructure.
  'arpa',
  // RFC 9476
  'alt',
  // ICANN board 2024.07.29.06; the metadata services of Google Cloud and EC2 have names there.
  'internal',
  // ICANN board 2018.02.04.12, with corp and home.
  'mail',
  // Unregistered, but in many machines' hosts files and search lists.
  'localdomain',
]);

/** True for `localhost` and every name below it (RFC 6761 §6.3: all of them are the machine itself). */
export function isLocalhost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

/**
 * What is wrong with a host's name, to follow "The 'url' field"; undefined when it can be public.
 *
 * @param name in lower case and punycode, as the URL parser gives it
 */
export function objectionToName(name: string): string | undefined {
  if (name.endsWith('.')) return 'must not end its host name with a dot';
  const labels = name.split('.');
  const top = labels.at(-1) ?? '';
  if (RESERVED.has(top)) return `must name a host on the internet; names in '${top}' are reserved`;
  if (labels.length < 2) {
    return `must name a host with its full domain name; '${name}' has only one part`;
  }
  const isName = name.length <= NAME_LENGTH && labels.every((label) => LABEL.test(label));
  return isName && TOP_LEVEL.test(top) ? undefined : `must name a host; '${name}' is malformed`;
}
