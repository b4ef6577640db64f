const managed = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  allViewerExceptHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
};

export const PAGES = {
  TargetOriginId: 'files',
  CachePolicyId: managed.cachingOptimized,
  ViewerProtocolPolicy: 'redirect-to-https',
  ResponseHeadersPolicyId: { Ref: 'Headers' },
};

export const API = {
  PathPattern: '/call*',
  TargetOriginId: 'api',
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  CachePolicyId: managed.cachingDisabled,
  OriginRequestPolicyId: managed.allViewerExceptHost,
  ViewerProtocolPolicy: 'https-only',
};

const apiHost = {
  'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']],
};

/** A distribution of the fixture's bucket `Content` and its API; a test may change its parts. */
export function distribution(changes: object = {}) {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        CacheBehaviors: [API],
        DefaultCacheBehavior: {
          ...PAGES,
          FunctionAssociations: [
            { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Edge', 'FunctionARN'] } },
          ],
        },
        DefaultRootObject: 'index.html',
        Enabled: true,
        Origins: [
          { Id: 'files', DomainName: { 'Fn::GetAtt': ['Content', 'RegionalDomainName'] } },
          { Id: 'api', DomainName: apiHost, CustomOriginConfig: {} },
        ],
        ...changes,
      },
    },
  };
}

/** What the distribution refers to. */
export const EDGE = {
  Edge: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      AutoPublish: true,
      Name: 'edge',
      FunctionCode: `function handler(event) {
        if (event.request.uri.startsWith('/pages/')) event.request.uri = '/k';
        if (event.request.uri === '/broken') throw new Error('on purpose');
        return event.request;
      }`,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    },
  },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'headers',
        CustomHeadersConfig: {
          Items: [
            { Header: 'Cache-Control', Value: 'never', Override: false },
            { Header: 'X-Own', Value: 'yes', Override: true },
          ],
        },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy:
              "default-src 'none'; connect-src https://cognito-idp.us-east-1.amazonaws.com",
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 1, Override: true },
        },
      },
    },
  },
};
