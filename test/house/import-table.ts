/** One row of the table of imports in `docs/architecture.md`: a file, what it may import, what not. */
export type ImportRow = {
  readonly file: string;
  readonly may: readonly string[];
  readonly never: readonly string[];
};

const CLIENTS = ['@aws-sdk/client-s3', '@smithy/node-http-handler'];

const noun = (name: string): ImportRow => ({
  file: `lambdas/core/${name}/rules.ts`,
  may: ['valibot', '../domain/other.ts', '../contract/plans.ts', 'node:crypto', './near.ts'],
  never: [
    ...CLIENTS,
    '@middy/core',
    '@aws-lambda-powertools/logger',
    'node:fs',
    'node:http',
    '../http/answer.ts',
    '../queue/batch.ts',
    '../log/logger.ts',
    '../openapi/document.ts',
    '../table/table.ts',
    '../aws/ses.ts',
    '../net/egress.ts',
    '../../accept-email/handler.ts',
  ],
});

const runtimeHelper = (name: string): ImportRow => ({
  file: `lambdas/core/${name}/part.ts`,
  may: ['valibot', '@middy/core', '@aws-lambda-powertools/logger', '../email/email.ts'],
  never: [
    ...CLIENTS,
    '../table/table.ts',
    '../aws/ses.ts',
    '../net/egress.ts',
    '../../accept-email/handler.ts',
  ],
});

const client = (name: string): ImportRow => ({
  file: `lambdas/core/${name}/store.ts`,
  may: [...CLIENTS, '../email/email.ts', '../contract/table.ts'],
  never: [
    '@middy/core',
    '../http/answer.ts',
    '../queue/batch.ts',
    '../openapi/document.ts',
    '../../get-email/handler.ts',
  ],
});

const schema = (name: string): ImportRow => ({
  file: `lambdas/accept-email/${name}.ts`,
  may: ['valibot', '../core/email/email.ts', '../core/contract/plans.ts'],
  never: [
    ...CLIENTS,
    '@middy/core',
    'node:fs',
    './handler.ts',
    '../core/http/answer.ts',
    '../core/queue/batch.ts',
    '../core/log/logger.ts',
    '../core/table/table.ts',
    '../core/aws/ses.ts',
    '../core/net/egress.ts',
    '../get-email/handler.ts',
    '../get-email/env.ts',
  ],
});

const OTHER_FUNCTION = [
  '../get-email/handler.ts',
  '../get-email/index.ts',
  '../get-email/env.ts',
  '../get-email/route.ts',
];

const behaviour = (name: string): ImportRow => ({
  file: `lambdas/accept-email/${name}.ts`,
  may: [
    './route.ts',
    '../core/email/email.ts',
    '../core/http/answer.ts',
    '../core/queue/batch.ts',
    '../core/log/logger.ts',
    '../core/contract/plans.ts',
  ],
  never: [
    ...CLIENTS,
    '@middy/core',
    'node:fs',
    './env.ts',
    './index.ts',
    '../core/table/table.ts',
    '../core/aws/ses.ts',
    '../core/net/egress.ts',
    ...OTHER_FUNCTION,
  ],
});

export const IMPORT_TABLE: readonly ImportRow[] = [
  {
    file: 'bin/maillayer.ts',
    may: ['aws-cdk-lib', '../lib/maillayer-stack.ts'],
    never: [...CLIENTS, './admin.ts', '../lambdas/core/email/email.ts', '../local/system.ts'],
  },
  {
    file: 'bin/admin.ts',
    may: [
      '../lambdas/core/account/account.ts',
      '../lambdas/core/table/table.ts',
      '../lambdas/core/aws/ses.ts',
    ],
    never: [
      ...CLIENTS,
      './maillayer.ts',
      '../lib/api.ts',
      '../local/system.ts',
      '../lambdas/core/http/answer.ts',
      '../lambdas/accept-email/handler.ts',
      '../lambdas/accept-email/index.ts',
    ],
  },
  {
    file: 'bin/openapi.ts',
    may: ['../lambdas/core/openapi/document.ts', '../lambdas/routes.ts'],
    never: [
      ...CLIENTS,
      './admin.ts',
      '../lib/api.ts',
      '../local/system.ts',
      '../lambdas/core/email/email.ts',
      '../lambdas/core/table/table.ts',
      '../lambdas/get-openapi/handler.ts',
    ],
  },
  {
    file: 'lib/sending.ts',
    may: ['./api.ts', '../lambdas/core/contract/times.ts', 'aws-cdk-lib', 'constructs'],
    never: [
      ...CLIENTS,
      '@aws-lambda-powertools/logger',
      '../lambdas/accept-email/handler.ts',
      '../lambdas/accept-email/index.ts',
      '../lambdas/accept-email/route.ts',
      '../lambdas/core/email/email.ts',
      '../lambdas/core/table/table.ts',
      '../bin/admin.ts',
      '../local/system.ts',
    ],
  },
  {
    file: 'lambdas/core/value/word.ts',
    may: ['valibot', './id.ts', 'node:crypto'],
    never: [...CLIENTS, '../email/email.ts', '../contract/plans.ts', '../table/table.ts'],
  },
  {
    file: 'lambdas/core/contract/data.ts',
    may: ['valibot', './plans.ts', '../value/id.ts'],
    never: [...CLIENTS, '../email/email.ts', '../table/table.ts', 'aws-cdk-lib', 'node:fs'],
  },
  schema('env'),
  schema('route'),
  behaviour('handler'),
  behaviour('another-part'),
  {
    file: 'lambdas/accept-email/index.ts',
    may: [
      './env.ts',
      './handler.ts',
      '../core/table/table.ts',
      '../core/aws/ses.ts',
      '../core/net/egress.ts',
      '../core/log/logger.ts',
    ],
    never: [...CLIENTS, '@middy/core', ...OTHER_FUNCTION],
  },
  ...[
    'email',
    'account',
    'api-key',
    'deployment',
    'domain',
    'request-log',
    'notice',
    'suppression',
    'sending',
    'statistics',
    'webhook',
  ].map(noun),
  ...['http', 'queue', 'log', 'openapi'].map(runtimeHelper),
  ...['table', 'aws', 'net'].map(client),
  {
    file: 'local/ses/part.ts',
    may: ['../../lambdas/core/contract/times.ts', '@aws-sdk/client-sns', 'dynalite', '../x.ts'],
    never: [
      '../../lib/api.ts',
      '../../bin/admin.ts',
      '../../lambdas/accept-email/handler.ts',
      '../../lambdas/core/table/table.ts',
      '../../lambdas/core/email/email.ts',
    ],
  },
  {
    file: 'dashboard/src/pages/emails/page.tsx',
    may: ['react', '@mantine/core', '../../api/client.ts', './row.tsx'],
    never: [
      ...CLIENTS,
      'node:fs',
      '../../../../lambdas/core/email/email.ts',
      '../../../../lambdas/routes.ts',
      '../../../../lib/api.ts',
      '../../../../local/system.ts',
    ],
  },
];
