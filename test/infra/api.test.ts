import { describe, expect, it } from '@jest/globals';
import { routeKeyOf } from '../../lambdas/core/http/route.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();
const integrations = synthesis.byPath('AWS::ApiGatewayV2::Integration');
const [stage] = Object.values(synthesis.byPath('AWS::ApiGatewayV2::Stage'));

describe('the HTTP API', () => {
  it('has exactly the routes of the functions, and one for everything else', () => {
    const routes = Object.values(synthesis.byPath('AWS::ApiGatewayV2::Route')).map((route) => {
      const integration = integrations[synthesis.name(route.Target).replace('integrations/', '')];
      return `${route.RouteKey} → ${synthesis.functionNameOf(integration.IntegrationUri)}`;
    });

    expect(routes.sort()).toEqual(
      [
        '$default → refuse-route',
        ...Object.entries(ROUTES).flatMap(([name, routes]) =>
          Object.values(routes).map((route) => `${routeKeyOf(route)} → ${name}`),
        ),
      ].sort(),
    );
  });

  it('hands requests over in payload format 2.0', () => {
    for (const integration of Object.values(integrations)) {
      expect(integration).toMatchObject({
        IntegrationType: 'AWS_PROXY',
        PayloadFormatVersion: '2.0',
      });
    }
  });

  it('has one stage at the root, which deploys automatically and throttles as cdk.json says', () => {
    expect(Object.keys(synthesis.byPath('AWS::ApiGatewayV2::Stage'))).toHaveLength(1);
    expect(stage).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 1000 },
    });
  });

  it('logs the route and how it went, and neither path, query, body nor address', () => {
    expect(JSON.parse(stage.AccessLogSettings.Format)).toEqual({
      requestId: '$context.requestId',
      routeKey: '$context.routeKey',
      status: '$context.status',
      latency: '$context.responseLatency',
      integrationError: '$context.integrationErrorMessage',
    });
  });

  it('logs into a group of its own, which forgets after a month', () => {
    const group = synthesis.name(stage.AccessLogSettings.DestinationArn);

    expect(synthesis.byPath('AWS::Logs::LogGroup')[group]).toEqual({
      LogGroupName: '/aws/vendedlogs/apis/Maillayer',
      RetentionInDays: 30,
    });
  });
});
