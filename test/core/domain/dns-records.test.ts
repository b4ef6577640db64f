import { describe, expect, it } from '@jest/globals';
import { domainRecords, findingOf } from '../../../lambdas/core/domain/dns-records.ts';

const NAME = { name: 'shop.example', dkimTokens: ['a', 'b', 'c'] };
const RECORDS = domainRecords(NAME, 'eu-west-1');
const [DKIM, , , MX, SPF, DMARC] = RECORDS;
const ZONE = 'dkim.eu-central-2.amazonses.com';
const [ZONED] = domainRecords({ ...NAME, dkimZone: ZONE }, 'eu-central-2');

describe('a record in DNS', () => {
  it.each([
    [DKIM, ['a.dkim.amazonses.com'], 'found'],
    [DKIM, ['b.dkim.amazonses.com'], 'different'],
    [DKIM, ['a.dkim.amazonses.com', 'b.dkim.amazonses.com'], 'different'],
    [DKIM, ['a.dkim.amazonses.com.shop.example'], 'different'],
    [DKIM, [`a.${ZONE}`], 'different'],
    [DKIM, [], 'missing'],
    [ZONED, [`a.${ZONE}`], 'found'],
    [ZONED, [`b.${ZONE}`], 'different'],
    [ZONED, ['a.dkim.amazonses.com'], 'different'],
    [MX, ['10 feedback-smtp.eu-west-1.amazonses.com'], 'found'],
    [MX, ['5 feedback-smtp.eu-west-1.amazonses.com'], 'found'],
    [MX, ['x10 feedback-smtp.eu-west-1.amazonses.com'], 'different'],
    [MX, ['10 feedback-smtp.us-east-1.amazonses.com'], 'different'],
    [MX, ['10 feedback-smtp.eu-west-1.amazonses.com', '20 mx.shop.example'], 'different'],
    [SPF, ['v=spf1 include:amazonses.com ~all'], 'found'],
    [SPF, ['google-site-verification=x', 'v=spf1 include:amazonses.com -all'], 'found'],
    [SPF, ['V=SPF1 ip4:192.0.2.1 include:AmazonSES.com -all'], 'found'],
    [SPF, ['v=spf1 include:amazonses.com.evil.example -all'], 'different'],
    [SPF, ['v=spf1 -include:amazonses.com -all'], 'different'],
    [SPF, ['v=spf1 -all'], 'different'],
    [SPF, ['v=spf1 include:amazonses.com -all', 'v=spf1 -all'], 'different'],
    [SPF, ['google-site-verification=x', 'v=spf10'], 'missing'],
    [SPF, ['v=spf1'], 'different'],
    [SPF, ['x v=spf1 include:amazonses.com -all'], 'missing'],
    [SPF, ['v=spf1 +include:amazonses.com'], 'found'],
    [DMARC, ['v=DMARC1; p=none;'], 'found'],
    [DMARC, ['v=DMARC1;p=reject;rua=mailto:d@shop.example'], 'found'],
    [DMARC, ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'different'],
    [DMARC, ['p=none'], 'missing'],
    [DMARC, ['v=DMARC1'], 'found'],
    [DMARC, ['x v=DMARC1; p=none'], 'missing'],
    [DMARC, [], 'missing'],
  ])('%#: %j with %j is %s', (record, values, status) => {
    if (!record) throw new Error('There are six records.');
    expect(findingOf(record, values).status).toBe(status);
  });

  it('is unchecked where nobody could say', () => {
    for (const record of RECORDS) {
      expect(findingOf(record, undefined)).toEqual({ status: 'unchecked', found: [] });
    }
  });

  it('is kept in part only, however much is there', () => {
    const values = Array.from({ length: 99 }, () => 'x'.repeat(9999));
    const { found } = DKIM ? findingOf(DKIM, values) : { found: [] };
    expect(found).toEqual(Array(5).fill('x'.repeat(255)));
  });
});
