import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDomainName } from '../../../lambdas/core/domain/name.ts';

describe('a domain’s name', () => {
  it.each([
    ['shop.example', 'shop.example'],
    ['SHOP.Example.', 'shop.example'],
    ['mail.shop.co.uk', 'mail.shop.co.uk'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example.', 'xn--bcher-kva.example'],
    ['ada.github.io', 'ada.github.io'],
    ['notamazonses.com', 'notamazonses.com'],
    ['maillayer.test', 'maillayer.test'],
  ])('%s is read as %s', (written, name) => {
    expect(readDomainName(written)).toEqual({ name });
  });

  it.each([
    ['', 'must be a full domain name'],
    ['shop', 'must be a full domain name'],
    ['localhost', 'must be a full domain name'],
    ['shop..example', 'must be a full domain name'],
    ['shop.example..', 'must be a full domain name'],
    ['.shop.example', 'must be a full domain name'],
    ['-shop.example', 'must be a full domain name'],
    ['https://shop.example', 'must be a full domain name'],
    ['ada@shop.example', 'must be a full domain name'],
    ['shop.example/x', 'must be a full domain name'],
    ['shop.example:25', 'must be a full domain name'],
    [' shop.example', 'must be a full domain name'],
    ['shop\n.example', 'must be a full domain name'],
    ['127.0.0.1', 'not an IP address'],
    ['::1', 'not an IP address'],
    ['[::1]', 'not an IP address'],
    ['com', 'must be a full domain name'],
    ['co.uk', 'is a public suffix; use a domain that you own'],
    ['CO.UK.', 'is a public suffix; use a domain that you own'],
    ['github.io', 'is a public suffix; use a domain that you own'],
    ['amazonses.com', 'is a name of this service'],
    ['us-east-1.AmazonSES.com', 'is a name of this service'],
    ['shop.amazonaws.com', 'is a name of this service'],
    ['shop.amazonaws.com.cn', 'is a name of this service'],
    ['api.maillayer.dev', 'is a name of this service'],
    ['x.api.maillayer.dev', 'is a name of this service'],
    [`${'a.'.repeat(110)}example`, 'must have at most 209 characters'],
  ])('%j is refused', (written, problem) => {
    const read = readDomainName(written, ['API.maillayer.dev']);
    expect(read).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('may be the parent of our own host’s', () => {
    expect(readDomainName('maillayer.dev', ['api.maillayer.dev'])).toEqual({
      name: 'maillayer.dev',
    });
  });

  it('is itself when it is read again, whatever was written', () => {
    const label = fc.stringMatching(/^[a-zA-Z0-9äöüÄÖÜß]{1,10}$/);
    const written = fc
      .tuple(label, label)
      .map(([one, two]) => `${one}.${two}.example`)
      .chain((name) => fc.constantFrom(name, `${name}.`, name.toUpperCase()));
    const seed = Date.now();
    fc.assert(
      fc.property(written, (name) => {
        const read = readDomainName(name);
        if ('problem' in read) return;
        expect(readDomainName(read.name)).toEqual(read);
        expect(readDomainName(name.toUpperCase())).toEqual(
          name.includes('ß') ? expect.anything() : read,
        );
      }),
      { seed, verbose: 1 },
    );
  });
});
