import { describe, expect, it } from '@jest/globals';
import { behaviourFor, readDistribution } from '../../../local/cloudfront/distribution.ts';
import { openTemplate } from '../../../local/template/template.ts';
import { RESOURCES } from '../assembly-fixture.ts';
import { API, distribution, EDGE, PAGES } from './distribution-fixture.ts';

function read(Site: object = distribution()) {
  const template = openTemplate({ Resources: { ...RESOURCES, ...EDGE, Site } }, (name) => name);
  return readDistribution(template, (policy) => policy);
}

describe('a distribution of the template', () => {
  it('tries its behaviours in their order, and then the default one', () => {
    const Site = distribution({
      CacheBehaviors: [
        API,
        { ...PAGES, PathPattern: '/frame/mail-?.html' },
        { ...API, PathPattern: '/*' },
      ],
    });
    const found = read(Site);
    const patternFor = (path: string) => found && behaviourFor(found, path)?.pattern;
    expect(patternFor('/call/me')).toBe('/call*');
    expect(patternFor('/frame/mail-1.html')).toBe('/frame/mail-?.html');
    expect(patternFor('/frame/mail-12.html')).toBe('/*');
    const plain = read();
    expect(plain && behaviourFor(plain, '/other')?.pattern).toBe('*');
  });

  it('keeps errors for ten seconds, or for as long as it says', () => {
    const found = read(
      distribution({ CustomErrorResponses: [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }] }),
    );
    const statuses = [400, 401, 403, 404, 405, 409, 414, 429, 500, 501, 502, 503, 504];
    expect(statuses.map((status) => [status, found?.errorSeconds(status)])).toEqual([
      [400, 0],
      [401, 0],
      [403, 0],
      [404, 0],
      [405, 10],
      [409, 0],
      [414, 10],
      [429, 0],
      [500, 10],
      [501, 10],
      [502, 10],
      [503, 10],
      [504, 10],
    ]);
  });

  it('is refused where it could not be served as CloudFront does', () => {
    const { OriginRequestPolicyId: _, ...withoutHeaders } = API;
    expect(() => read(distribution({ CacheBehaviors: [withoutHeaders] }))).toThrow(
      'Site leads /call* to the API, but not uncached with all headers but Host',
    );
    const strange = [{ Id: 'files', DomainName: 'example.com' }];
    expect(() => read(distribution({ Origins: strange }))).toThrow(
      'Site has the origin example.com, which is no bucket and no HTTP API of the template.',
    );
    expect(() => read(distribution({ CacheBehaviors: [{ ...API, TargetOriginId: 'x' }] }))).toThrow(
      'Site refers to x for /call*, which does not exist.',
    );
    const page = { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/404.html' };
    expect(() => read(distribution({ CustomErrorResponses: [page] }))).toThrow(
      'CustomErrorResponses',
    );
  });
});
