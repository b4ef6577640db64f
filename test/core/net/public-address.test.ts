import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLoopback, isPublic } from '../../../lambdas/core/net/public-address.ts';
import { egressWith } from './fakes.ts';

/** First and last address of IPv4 blocks that are not public, and a neighbour that is. */
const BLOCKS = [
  ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
  ['10.0.0.0', '10.255.255.255', '9.255.255.255'],
  ['100.64.0.0', '100.127.255.255', '100.63.255.255'],
  ['127.0.0.0', '127.255.255.255', '128.0.0.0'],
  ['168.63.129.16', '168.63.129.16', '168.63.129.15'],
  ['169.254.0.0', '169.254.255.255', '169.253.255.255'],
  ['172.16.0.0', '172.31.255.255', '172.15.255.255'],
  ['192.0.0.0', '192.0.0.255', '192.0.1.0'],
  ['192.0.2.0', '192.0.2.255', '192.0.3.0'],
  ['192.31.196.0', '192.31.196.255', '192.31.195.255'],
  ['192.52.193.0', '192.52.193.255', '192.52.194.0'],
  ['192.88.99.0', '192.88.99.255', '192.88.98.255'],
  ['192.168.0.0', '192.168.255.255', '192.169.0.0'],
  ['192.175.48.0', '192.175.48.255', '192.175.49.0'],
  ['198.18.0.0', '198.19.255.255', '198.20.0.0'],
  ['198.51.100.0', '198.51.100.255', '198.51.101.0'],
  ['203.0.113.0', '203.0.113.255', '203.0.112.255'],
  ['224.0.0.0', '255.255.255.255', '223.255.255.255'],
] as const;

const numberOf = (address: string) =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const octetsOf = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255);

/** An address of a block, drawn evenly over the blocks. */
const barred = fc
  .constantFrom(...BLOCKS)
  .chain(([first, last]) => fc.integer({ min: numberOf(first), max: numberOf(last) }));

const radix = fc.constantFrom(
  (part: number) => `${part}`,
  (part: number) => `0${part.toString(8)}`,
  (part: number) => `000${part.toString(8)}`,
  (part: number) => `0x${part.toString(16)}`,
  (part: number) => `0X${part.toString(16).toUpperCase()}`,
);
const script = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  (text: string) => text.replaceAll('.', '。'),
  (text: string) =>
    text.replace(/[0-9.]/g, (each) => `%${each.charCodeAt(0).toString(16).padStart(2, '0')}`),
);

/** A host that the URL parser reads as the address: one to four parts, each in a base of its own. */
const spelt = fc
  .tuple(barred, fc.integer({ min: 1, max: 4 }), fc.tuple(radix, radix, radix, radix), script)
  .map(([number, parts, write, dress]) => {
    const lead = octetsOf(number).slice(0, parts - 1);
    const rest = number % 256 ** (5 - parts);
    const text = [...lead, rest].map((part, i) => (write[i] ?? String)(part)).join('.');
    return { number, host: dress(text) };
  });

/** The same address inside IPv6: mapped, compatible, NAT64, 6to4, ISATAP. */
const wrapped = fc
  .tuple(barred, fc.constantFrom('::ffff:', '::', '64:ff9b::', '2a00:1450::5efe:', '::ffff:0:'))
  .map(([number, prefix]) => `[${prefix}${octetsOf(number).join('.')}]`);

const runs = { numRuns: 2000, seed: Number(process.env.SEED ?? Date.now() % 2 ** 31) };
console.info(`public-address: seed ${runs.seed}`);

describe('an IPv4 block that is not public', () => {
  it.each(BLOCKS)('from %s to %s ends before %s', (first, last, outside) => {
    expect([first, last, outside].map(isPublic)).toEqual([false, false, true]);
  });
});

describe('an address that is not public', () => {
  it('is refused in every spelling', async () => {
    const egress = egressWith();
    const property = fc.asyncProperty(spelt, async ({ number, host }) => {
      const url = `https://${host}/`;
      expect(new URL(url).hostname).toBe(octetsOf(number).join('.'));
      expect(await egress.objectionTo(url)).toMatch(/^must lead to a public address; /);
      expect((await egress.post(url, {}, '')).error).toMatch(/^The address .* not public\.$/);
    });
    await fc.assert(property, runs);
  });

  it('is refused inside an IPv6 address', async () => {
    const egress = egressWith();
    const property = fc.asyncProperty(wrapped, async (host) => {
      expect(await egress.objectionTo(`https://${host}/`)).toMatch(
        /^must lead to a public address; /,
      );
    });
    await fc.assert(property, runs);
  });

  it('is everything in IPv6 outside 2000::/3', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
    const outside = groups.filter(([first = 0]) => first >> 13 !== 1);
    const property = fc.property(outside, (parts) => {
      expect(isPublic(parts.map((part) => part.toString(16)).join(':'))).toBe(false);
    });
    fc.assert(property, runs);
  });

  it.each(['', '127.1', '0x7f.1', ' 1.1.1.1', '1.1.1.1/8', 'acme.com', '[::1]', '2606:4700::1%1'])(
    'is text that is no plain address: %j',
    (text) => {
      expect(isPublic(text)).toBe(false);
      expect(isLoopback(text)).toBe(false);
    },
  );
});

/** Where the registries' IPv6 blocks begin (IANA, 2024-11-01), and where the gaps between them do. */
const HANDED_OUT =
  '2001:200 2001:400 2001:600 2001:800 2001:a00 2001:c00 2001:e00 2001:1200 2001:1400 2001:1600 2001:1800 ' +
  '2001:1a00 2001:1c00 2001:1e00 2001:2000 2001:3fff 2001:4000 2001:4200 2001:4400 2001:4600 2001:4800 ' +
  '2001:4a00 2001:4c00 2001:5000 2001:5fff 2001:8000 2001:9fff 2001:a000 2001:b000 2001:bfff 2003:0 ' +
  '2003:3fff 2400:0 240f:ffff 2410:0 241f:ffff 2600:0 260f:ffff 2610:0 2610:1ff 2620:0 2620:1ff 2630:0 ' +
  '263f:ffff 2800:0 280f:ffff 2a00:0 2a0f:ffff 2a10:0 2a1f:ffff 2c00:0 2c0f:ffff';
const GAPS =
  '2000:ffff 2001:0 2001:1ff 2001:1000 2001:11ff 2001:4e00 2001:4fff 2001:6000 2001:7fff 2001:c000 ' +
  '2001:ffff 2002:0 2003:4000 23ff:ffff 2420:0 25ff:ffff 2610:200 261f:ffff 2620:200 262f:ffff 2640:0 ' +
  '27ff:ffff 2810:0 29ff:ffff 2a20:0 2bff:ffff 2c10:0 2fff:ffff 3fff:0 3fff:ffff';

describe('IPv6', () => {
  it.each(HANDED_OUT.split(' '))('%s::1 has been handed out', (block) => {
    expect(isPublic(`${block}::1`)).toBe(true);
  });

  it.each(GAPS.split(' '))('%s::1 has not', (block) => {
    expect(isPublic(`${block}::1`)).toBe(false);
  });
});

describe('loopback', () => {
  it('is 127.0.0.0/8 and ::1 only', () => {
    const own = ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1'];
    const others = ['126.255.255.255', '128.0.0.1', '::', '::2', '::ffff:127.0.0.1', '10.0.0.1'];
    expect(own.map(isLoopback)).toEqual(own.map(() => true));
    expect(others.map(isLoopback)).toEqual(others.map(() => false));
  });
});
