import * as v from 'valibot';
import { StartError } from '../start-error.ts';
import { apiHost, bucketHost } from '../template/identity.ts';
import type { Resource, Template } from '../template/template.ts';
import { type EdgeFunction, readEdgeFunctions } from './edge-function.ts';
import { ERROR_RESPONSES, type ErrorSeconds, errorSeconds } from './error-cache.ts';
import { type AddedHeader, readHeadersPolicies } from './policies.ts';

/** Where a behaviour gets its answers. */
export type Origin =
  | { readonly kind: 'bucket'; readonly bucket: string }
  | { readonly kind: 'api' };

/** What happens with the paths that fit a pattern. */
export interface Behaviour {
  /** `/api/*`; `*` for what fits no other. */
  readonly pattern: string;
  readonly methods: readonly string[];
  readonly origin: Origin;
  readonly onRequest: EdgeFunction | undefined;
  readonly headers: readonly AddedHeader[];
}

/** A distribution of the template. */
export interface Distribution {
  /** In the order in which they are tried; the last one takes all. */
  readonly behaviours: readonly Behaviour[];
  /** Name of the object at `/`, '' for none. */
  readonly rootObject: string;
  readonly errorSeconds: ErrorSeconds;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and its neighbour. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const behaviourShape = {
  TargetOriginId: v.string(),
  AllowedMethods: v.optional(v.array(v.string()), ['GET', 'HEAD']),
  CachePolicyId: v.string(),
  OriginRequestPolicyId: v.optional(v.string()),
  ResponseHeadersPolicyId: v.optional(v.string()),
  FunctionAssociations: v.optional(
    v.array(v.strictObject({ EventType: v.literal('viewer-request'), FunctionARN: v.string() })),
    [],
  ),
  // Nothing is compressed here, only errors are cached, and everything is plain HTTP (docs/local.md).
  CachedMethods: v.optional(v.array(v.string())),
  Compress: v.optional(v.boolean()),
  ViewerProtocolPolicy: v.string(),
};

const SHAPE = {
  DistributionConfig: v.strictObject({
    CacheBehaviors: v.optional(
      v.array(v.strictObject({ PathPattern: v.string(), ...behaviourShape })),
      [],
    ),
    CustomErrorResponses: v.optional(ERROR_RESPONSES, []),
    DefaultCacheBehavior: v.strictObject(behaviourShape),
    DefaultRootObject: v.optional(v.string(), ''),
    Enabled: v.literal(true),
    Origins: v.array(
      v.strictObject({
        Id: v.string(),
        DomainName: v.string(),
        OriginPath: v.optional(v.literal('')),
        CustomOriginConfig: v.optional(v.looseObject({})),
        OriginAccessControlId: v.optional(v.string()),
        S3OriginConfig: v.optional(v.looseObject({})),
      }),
    ),
    Comment: v.optional(v.string()),
    HttpVersion: v.optional(v.string()),
    IPV6Enabled: v.optional(v.boolean()),
    PriceClass: v.optional(v.string()),
    ViewerCertificate: v.optional(v.looseObject({})),
  }),
};

type Given = v.InferOutput<v.ObjectSchema<typeof behaviourShape, undefined>>;

/**
 * The template's distribution; undefined where it has none.
 *
 * @param rewrite makes a content security policy fit for this machine
 * @throws StartError for what cannot be served here
 */
export function readDistribution(
  template: Template,
  rewrite: (contentSecurityPolicy: string) => string,
): Distribution | undefined {
  const [resource, ...others] = template.resources('AWS::CloudFront::Distribution');
  if (resource === undefined) return undefined;
  if (others.length > 0) {
    throw new StartError(
      `The local system serves one distribution and the template has ${others.length + 1}.`,
    );
  }
  const { DistributionConfig: config } = resource.properties(SHAPE, ['Tags']);
  const origins = new Map(
    config.Origins.map(({ Id, DomainName }) => [Id, originOf(DomainName, { template, resource })]),
  );
  const parts = {
    origins,
    functions: readEdgeFunctions(template),
    policies: readHeadersPolicies(template, rewrite),
    title: resource.logicalId,
  };
  const all = [...config.CacheBehaviors, { PathPattern: '*', ...config.DefaultCacheBehavior }];
  return {
    behaviours: all.map((given) => behaviourOf(given.PathPattern, given, parts)),
    rootObject: config.DefaultRootObject,
    errorSeconds: errorSeconds(config.CustomErrorResponses),
  };
}

function originOf(
  host: string,
  { template, resource }: { readonly template: Template; readonly resource: Resource },
): Origin {
  const bucket = template.resources('AWS::S3::Bucket').find(({ ref }) => bucketHost(ref) === host);
  if (bucket !== undefined) return { kind: 'bucket', bucket: bucket.ref };
  const api = template.resources('AWS::ApiGatewayV2::Api').find(({ ref }) => apiHost(ref) === host);
  if (api !== undefined) return { kind: 'api' };
  throw new StartError(
    `${resource.logicalId} has the origin ${host}, which is no bucket and no HTTP API of the template.`,
  );
}

interface BehaviourParts {
  readonly origins: ReadonlyMap<string, Origin>;
  readonly functions: ReadonlyMap<string, EdgeFunction>;
  readonly policies: ReadonlyMap<string, readonly AddedHeader[]>;
  readonly title: string;
}

function behaviourOf(pattern: string, given: Given, parts: BehaviourParts): Behaviour {
  const { origins, functions, policies, title } = parts;
  const has = <T>(thing: T | undefined, name: string): T => {
    if (thing !== undefined) return thing;
    throw new StartError(`${title} refers to ${name} for ${pattern}, which does not exist.`);
  };
  const origin = has(origins.get(given.TargetOriginId), given.TargetOriginId);
  const isWhole =
    given.CachePolicyId === CACHING_DISABLED &&
    given.OriginRequestPolicyId === ALL_VIEWER_EXCEPT_HOST;
  if (origin.kind === 'api' && !isWhole) {
    throw new StartError(
      `${title} leads ${pattern} to the API, but not uncached with all headers but Host: the local system does that only.`,
    );
  }
  const policyId = given.ResponseHeadersPolicyId;
  const [association] = given.FunctionAssociations;
  const functionArn = association?.FunctionARN;
  return {
    pattern,
    methods: given.AllowedMethods,
    origin,
    onRequest: functionArn === undefined ? undefined : has(functions.get(functionArn), functionArn),
    headers: policyId === undefined ? [] : has(policies.get(policyId), policyId),
  };
}

/** The first behaviour whose pattern fits; in patterns `*` is any text and `?` any character. */
export function behaviourFor({ behaviours }: Distribution, path: string): Behaviour | undefined {
  return behaviours.find(({ pattern }) => toRegExp(pattern).test(path));
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(
    pattern.startsWith('/') || pattern.startsWith('*') ? `^${source}$` : `^/${source}$`,
  );
}
