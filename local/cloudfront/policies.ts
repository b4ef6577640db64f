import * as v from 'valibot';
import type { Template } from '../template/template.ts';

/** A header that a distribution adds to answers. */
export interface AddedHeader {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Whether it takes the place of one that the origin sent. */
  readonly override: boolean;
}

const override = { Override: v.boolean() };

const SHAPE = {
  ResponseHeadersPolicyConfig: v.strictObject({
    Name: v.string(),
    Comment: v.optional(v.string()),
    CustomHeadersConfig: v.optional(
      v.strictObject({
        Items: v.array(v.strictObject({ Header: v.string(), Value: v.string(), ...override })),
      }),
    ),
    SecurityHeadersConfig: v.optional(
      v.strictObject({
        ContentSecurityPolicy: v.optional(
          v.strictObject({ ContentSecurityPolicy: v.string(), ...override }),
        ),
        ContentTypeOptions: v.optional(v.strictObject(override)),
        FrameOptions: v.optional(v.strictObject({ FrameOption: v.string(), ...override })),
        ReferrerPolicy: v.optional(v.strictObject({ ReferrerPolicy: v.string(), ...override })),
        // Over plain HTTP it says nothing, and is not sent.
        StrictTransportSecurity: v.optional(v.looseObject({})),
      }),
    ),
  }),
};

type Config = v.InferOutput<v.ObjectSchema<typeof SHAPE, undefined>>['ResponseHeadersPolicyConfig'];

/** The headers of each of the template's response headers policies, by its id. */
export function readHeadersPolicies(
  template: Template,
  rewrite: (contentSecurityPolicy: string) => string,
): ReadonlyMap<string, readonly AddedHeader[]> {
  return new Map(
    template.resources('AWS::CloudFront::ResponseHeadersPolicy').map((resource) => {
      const { ResponseHeadersPolicyConfig: config } = resource.properties(SHAPE, []);
      return [resource.ref, headersOf(config, rewrite)] as const;
    }),
  );
}

function headersOf(config: Config, rewrite: (policy: string) => string): readonly AddedHeader[] {
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy } =
    config.SecurityHeadersConfig ?? {};
  const policy = ContentSecurityPolicy?.ContentSecurityPolicy;
  const custom = config.CustomHeadersConfig?.Items ?? [];
  const headers = [
    [
      'content-security-policy',
      policy === undefined ? undefined : rewrite(policy),
      ContentSecurityPolicy,
    ],
    ['x-content-type-options', 'nosniff', ContentTypeOptions],
    ['x-frame-options', FrameOptions?.FrameOption, FrameOptions],
    ['referrer-policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy],
    ...custom.map((item) => [item.Header.toLowerCase(), item.Value, item] as const),
  ] as const;
  return headers.flatMap(([name, value, own]) =>
    own === undefined || value === undefined ? [] : [{ name, value, override: own.Override }],
  );
}
