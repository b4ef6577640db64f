import * as v from 'valibot';
import type { RunningFunction } from '../functions/pool.ts';
import { StartError } from '../start-error.ts';
import type { Resource, Template } from '../template/template.ts';
import type { Route } from './routes.ts';
import type { Integration } from './server.ts';

const INTEGRATION = {
  IntegrationType: v.literal('AWS_PROXY'),
  IntegrationUri: v.string(),
  PayloadFormatVersion: v.literal('2.0'),
  // HTTP APIs wait 30 s for a function, at most and by default.
  TimeoutInMillis: v.optional(v.number(), 30_000),
};

const ROUTE = {
  RouteKey: v.string(),
  Target: v.string(),
  AuthorizationType: v.optional(v.literal('NONE')),
};

/** An access log and throttling exist on AWS only (docs/local.md). */
const STAGE_IGNORED = [
  'AccessLogSettings',
  'ApiId',
  'AutoDeploy',
  'DefaultRouteSettings',
  'Description',
  'RouteSettings',
  'Tags',
];

/** A route of the template and the ARN of the function that it invokes. */
export type TemplateRoute = Route<{ readonly functionArn: string; readonly timeoutMs: number }>;

/** Reads the routes of the template's HTTP API, with the function that each invokes. */
export function readRoutes(template: Template): readonly TemplateRoute[] {
  requireOneHttpApi(template);
  const integrations = new Map(
    template
      .resources('AWS::ApiGatewayV2::Integration')
      .map((resource) => [`integrations/${resource.ref}`, readIntegration(resource)]),
  );
  return template.resources('AWS::ApiGatewayV2::Route').map((resource) => {
    const { RouteKey, Target } = resource.properties(ROUTE, ['ApiId']);
    const target = integrations.get(Target);
    if (target === undefined) {
      throw new StartError(`${resource.logicalId} leads to ${Target}, which does not exist.`);
    }
    return { routeKey: RouteKey, target };
  });
}

/** The routes with the running functions behind them. */
export function bindRoutes(
  routes: readonly TemplateRoute[],
  functionOf: (arn: string) => RunningFunction,
): readonly Route<Integration>[] {
  return routes.map(({ routeKey, target }) => ({
    routeKey,
    target: { function: functionOf(target.functionArn), timeoutMs: target.timeoutMs },
  }));
}

function readIntegration(resource: Resource) {
  const { IntegrationUri, TimeoutInMillis } = resource.properties(INTEGRATION, ['ApiId']);
  return { functionArn: IntegrationUri, timeoutMs: TimeoutInMillis };
}

function requireOneHttpApi(template: Template): void {
  const apis = template.resources('AWS::ApiGatewayV2::Api');
  if (apis.length > 1) {
    throw new StartError(
      `The local system serves one HTTP API and the template has ${apis.length}.`,
    );
  }
  for (const api of apis) {
    api.properties({ ProtocolType: v.literal('HTTP') }, [
      'Description',
      'DisableExecuteApiEndpoint',
      'Name',
      'Tags',
    ]);
  }
  for (const stage of template.resources('AWS::ApiGatewayV2::Stage')) {
    stage.properties({ StageName: v.literal('$default') }, STAGE_IGNORED);
  }
}
