import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { globalName } from './global-name.ts';

/** A year, as browsers' lists of HTTPS-only sites ask for at least. */
const HSTS = {
  accessControlMaxAge: Duration.days(365),
  includeSubdomains: true,
  override: true,
};

const UNUSED_FEATURES = ['camera', 'geolocation', 'microphone', 'payment', 'usb'];

interface Policy {
  readonly content: readonly string[];
  readonly frames: HeadersFrameOption;
}

function policy(scope: Construct, id: string, { content, frames }: Policy): ResponseHeadersPolicy {
  const permissions = UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ');
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(scope, id, 128),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: content.join('; '), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: frames, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: HSTS,
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'permissions-policy', value: permissions, override: true },
        { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
      ],
    },
  });
}

/** Headers of the dashboard's own pages: no inline and no foreign script; styles are Mantine's, which are inline. */
export function pageHeaders(scope: Construct): ResponseHeadersPolicy {
  const { region, urlSuffix } = Stack.of(scope);
  const cognito = `https://cognito-idp.${region}.${urlSuffix}`;
  return policy(scope, 'PageHeaders', {
    frames: HeadersFrameOption.DENY,
    content: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${cognito}`,
      "frame-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ],
  });
}

/** The script's hash, as a policy names it: nothing else in the page may run. */
function hashOfScript(page: string): string {
  const script = /<script>(?<text>[\s\S]*?)<\/script>/.exec(readFileSync(page, 'utf8'));
  const text = script?.groups?.text;
  if (text === undefined) throw new Error(`${page} has no script that could be allowed.`);
  return createHash('sha256').update(text).digest('base64');
}

function frameContent(script: string, images: string): readonly string[] {
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'sha256-${script}'`,
    "style-src 'unsafe-inline'",
    `img-src ${images}`,
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
}

/** Headers of the two pages that show an email's HTML, by their paths: without and with images from elsewhere. */
export function frameHeaders(
  scope: Construct,
  site: string,
): Readonly<Record<string, ResponseHeadersPolicy>> {
  const frames = HeadersFrameOption.SAMEORIGIN;
  const page = (id: string, name: string, images: string) => {
    const script = hashOfScript(join(site, 'frame', name));
    return policy(scope, id, { frames, content: frameContent(script, images) });
  };
  return {
    '/frame/mail.html': page('FrameHeaders', 'mail.html', 'data:'),
    '/frame/mail-images.html': page('ImageFrameHeaders', 'mail-images.html', 'data: https: http:'),
  };
}
