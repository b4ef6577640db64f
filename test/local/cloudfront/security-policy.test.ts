import { expect, it } from '@jest/globals';
import { localPolicy } from '../../../local/cloudfront/security-policy.ts';

it('a content security policy leads to the local Cognito and demands no encryption', () => {
  const policy =
    "default-src 'none'; connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com; upgrade-insecure-requests;";
  expect(localPolicy(policy, 'http://127.0.0.1:4000')).toBe(
    "default-src 'none'; connect-src 'self' http://127.0.0.1:4000",
  );
});

it('the policy of a page from its sources lets its inline scripts run, and those of no other page', () => {
  const page = localPolicy("script-src 'self'; connect-src 'self'", 'http://c', 'abc');
  expect(page).toBe("script-src 'self' 'nonce-abc'; connect-src 'self' ws:");
  const frame = localPolicy("sandbox allow-scripts; script-src 'sha256-x'", 'http://c', 'abc');
  expect(frame).toBe("sandbox allow-scripts; script-src 'sha256-x'");
});
