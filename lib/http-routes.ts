import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Routes } from '../lambdas/core/http/route.ts';
import { ROUTES, type RouteFunction } from '../lambdas/routes.ts';
import type { Configuration } from './configuration.ts';
import { ExpiringLogGroup } from './expiring-log-group.ts';

/** Never the path, the query or the caller's address: they can hold what is private. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
};

export interface HttpRoutesProps {
  readonly configuration: Configuration;
  /** The function behind each route. */
  readonly functions: Readonly<Record<RouteFunction, IFunction>>;
  /** Answers whatever no route takes. */
  readonly otherwise: IFunction;
}

/** The HTTP API: its routes, a throttle that only protects the region, an access log. */
export class HttpRoutes extends Construct {
  /** `https://<host>`, without a slash at its end. */
  readonly url: string;
  /** Host name of the API. */
  readonly host: string;

  constructor(
    scope: Construct,
    id: string,
    { configuration, functions, otherwise }: HttpRoutesProps,
  ) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('otherwise', otherwise),
    });
    for (const [name, routes] of Object.entries<Routes>(ROUTES)) {
      const integration = new HttpLambdaIntegration(name, functions[name as RouteFunction]);
      for (const { method, path } of Object.values(routes)) {
        api.addRoutes({ path, methods: [HttpMethod[method]], integration });
      }
    }
    this.addStage(api, configuration);
    this.url = api.apiEndpoint;
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  private addStage(httpApi: HttpApi, configuration: Configuration): void {
    // Under this prefix each log group does not lengthen the account's one log resource policy.
    const name = `/aws/vendedlogs/apis/${Stack.of(this).stackName}`;
    new HttpStage(this, 'Stage', {
      httpApi,
      autoDeploy: true,
      throttle: { rateLimit: configuration.throttleRate, burstLimit: configuration.throttleBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(new ExpiringLogGroup(this, 'AccessLog', name)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }
}
