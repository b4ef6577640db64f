import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Block = [ipaddr.IPv6, number];

/**
 * Every IPv6 block that the regional registries hand out: IANA, "IPv6 Global Unicast Address Assignments",
 * as of 2024-11-01 (2410::/12 was the latest), without 2001::/23 (protocols) and 2002::/16 (6to4). What IANA
 * assigns later is refused until it is added here.
 */
const ASSIGNED: readonly Block[] = [
  '2001:200::/23',
  '2001:400::/23',
  '2001:600::/23',
  '2001:800::/22',
  '2001:c00::/23',
  '2001:e00::/23',
  '2001:1200::/23',
  '2001:1400::/22',
  '2001:1800::/23',
  '2001:1a00::/23',
  '2001:1c00::/22',
  '2001:2000::/19',
  '2001:4000::/23',
  '2001:4200::/23',
  '2001:4400::/23',
  '2001:4600::/23',
  '2001:4800::/23',
  '2001:4a00::/23',
  '2001:4c00::/23',
  '2001:5000::/20',
  '2001:8000::/19',
  '2001:a000::/20',
  '2001:b000::/20',
  '2003::/18',
  '2400::/12',
  '2410::/12',
  '2600::/12',
  '2610::/23',
  '2620::/23',
  '2630::/12',
  '2800::/12',
  '2a00::/12',
  '2a10::/12',
  '2c00::/12',
].map((block) => ipaddr.IPv6.parseCIDR(block));

/** Azure's host agent ("What is IP address 168.63.129.16?"): a public number that no one else has. */
const AZURE_HOST = '168.63.129.16';

/** RFC 5214 §6.1: the middle of an ISATAP interface identifier, with its universal bit unset or set. */
const ISATAP_MARK = 0x5efe;
const ISATAP_BEFORE = [0x0000, 0x0200];

function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return ISATAP_BEFORE.includes(parts[4] ?? 0) && parts[5] === ISATAP_MARK;
}

function isPublicV6(address: ipaddr.IPv6): boolean {
  if (!ASSIGNED.some((block) => address.match(block))) return false;
  return address.range() === 'unicast' && !isIsatap(address);
}

/** True for an address of the machine itself: 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.parse(address).range() === 'loopback';
}

/**
 * True for a public unicast address. Text that is no address in its usual spelling is not public, nor is
 * one with a zone. ipaddr.js knows IANA's special-purpose blocks (RFC 6890 and later); alone, it also
 * takes unassigned IPv6, IPv4-compatible addresses, ISATAP and Azure's host agent for public.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6) return isPublicV6(parsed);
  return parsed.range() === 'unicast' && address !== AZURE_HOST;
}
