import { expect, it } from '@jest/globals';
import { localPolicy } from '../../../local/cloudfront/security-policy.ts';

it('a content security policy leads to the local Cognito and demands no encryption', () => {
  const policy =
    "default-src 'none'; connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com; upgrade-insecure-requests;";
  expect(localPolicy(policy, 'http://127.0.0.1:4000')).toBe(
    "default-src 'none'; connect-src 'self' http://127.0.0.1:4000",
  );
});
