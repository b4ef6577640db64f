import { describe, expect, it } from '@jest/globals';
import { ROUTES } from '../../lambdas/core/contract/routes.ts';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();

const TABLE = 'Emails/Table';
const OBJECTS = 'Content/Bucket/*';
const SEND_QUEUE = 'Sending/Queue/Queue';
const REDRIVEN = 'Sending/Redriven/Queue';
const DEAD_LETTERS = 'Sending/DeadLetters/Queue';
const EVENT_QUEUE = 'Feedback/Events/Queue';
const WEBHOOK_QUEUE = 'WebhookChannel/Queue/Queue';
const WEBHOOK_DEAD_LETTERS = 'WebhookChannel/DeadLetters/Queue';
const SECRET_KEY = 'WebhookChannel/SecretKey';
const EVENT_DEAD_LETTERS = 'Feedback/DeadLetters/Queue';
const SES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';
const CONSUME = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** Written by hand: function → resource → actions. Whatever changes here is a decision. */
const PERMISSIONS: Record<string, Record<string, string[]>> = {
  'accept-email': {
    'Api/accept-email/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [OBJECTS]: ['s3:PutObject'],
    [SEND_QUEUE]: ['sqs:SendMessage'],
  },
  'get-email': {
    'Api/get-email/Log': LOG,
    [TABLE]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'refuse-route': {
    'Api/refuse-route/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  'deliver-email': {
    'Sending/deliver-email/Log': LOG,
    [TABLE]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [OBJECTS]: ['s3:GetObject'],
    [SEND_QUEUE]: ['sqs:ChangeMessageVisibility', ...CONSUME],
    [DEAD_LETTERS]: ['sqs:SendMessage'],
    [EVENT_QUEUE]: ['sqs:SendMessage'],
    [`${SES}:identity/*`]: ['ses:SendEmail'],
    [`${SES}:configuration-set/Mail/ConfigurationSet`]: ['ses:SendEmail'],
  },
  'record-event': {
    'Feedback/record-event/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [EVENT_QUEUE]: CONSUME,
    [WEBHOOK_QUEUE]: ['sqs:SendMessage'],
    [EVENT_DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'deliver-webhook': {
    'Webhooks/deliver-webhook/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [SECRET_KEY]: ['kms:Decrypt'],
    [WEBHOOK_QUEUE]: ['sqs:ChangeMessageVisibility', ...CONSUME],
    [WEBHOOK_DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'sweep-due': {
    'Webhooks/sweep-due/Log': LOG,
    [TABLE]: ['dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi2`]: ['dynamodb:Query'],
    [WEBHOOK_QUEUE]: ['sqs:SendMessage'],
  },
  'get-openapi': {
    'Api/get-openapi/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  'get-account': {
    'Management/get-account/Log': LOG,
    [TABLE]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'manage-api-keys': {
    'Management/manage-api-keys/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'manage-domains': {
    'Domains/manage-domains/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
    [`${SES}:identity/*`]: [
      'ses:CreateEmailIdentity',
      'ses:DeleteEmailIdentity',
      'ses:GetEmailIdentity',
      'ses:PutEmailIdentityFeedbackAttributes',
      'ses:PutEmailIdentityMailFromAttributes',
      'ses:TagResource',
    ],
  },
  'recheck-domains': {
    'Domains/recheck-domains/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi2`]: ['dynamodb:Query'],
    [`${SES}:identity/*`]: ['ses:GetEmailIdentity'],
  },
  'manage-suppressions': {
    'Management/manage-suppressions/Log': LOG,
    [TABLE]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'manage-webhooks': {
    'Management/manage-webhooks/Log': LOG,
    [TABLE]: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    [SECRET_KEY]: ['kms:Encrypt'],
    [WEBHOOK_QUEUE]: ['sqs:SendMessage'],
  },
  'park-email': {
    'Sending/park-email/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [REDRIVEN]: CONSUME,
    [EVENT_QUEUE]: ['sqs:SendMessage'],
    [DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'refresh-gate': {
    'Gate/refresh-gate/Log': LOG,
    [TABLE]: ['dynamodb:UpdateItem'],
    '*': ['ses:GetAccount'],
  },
};

const policies = Object.values(synthesis.byPath('AWS::IAM::Policy'));
const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

function permissionsOfTemplate(): Record<string, Record<string, string[]>> {
  const found: Record<string, Record<string, string[]>> = {};
  for (const { PolicyDocument, Roles } of policies) {
    const name = synthesis.functionNameOf(Roles[0]);
    found[name] ??= {};
    for (const { Action, Resource } of PolicyDocument.Statement) {
      for (const resource of [Resource].flat().map((each) => synthesis.name(each))) {
        found[name][resource] = [...(found[name][resource] ?? []), Action].flat().sort();
      }
    }
  }
  return found;
}

describe('permissions', () => {
  it('are exactly those of the table, for exactly these functions', () => {
    expect(permissionsOfTemplate()).toEqual(PERMISSIONS);
  });

  it('belong to functions of which each has a role of its own', () => {
    const roles = Object.entries(synthesis.functions()).map(([name, { Role }]) => [
      name,
      synthesis.functionNameOf(Role),
    ]);

    expect(roles).toEqual(roles.map(([name]) => [name, name]));
    expect(roles.map(([name]) => name).sort()).toEqual(Object.keys(PERMISSIONS).sort());
    expect(Object.keys(synthesis.byPath('AWS::IAM::Role'))).toHaveLength(roles.length);
    expect(policies.map(({ Roles }) => Roles.length)).toEqual(policies.map(() => 1));
  });

  it('come from no managed and no inline policy', () => {
    for (const role of Object.values(synthesis.byPath('AWS::IAM::Role'))) {
      expect(Object.keys(role)).toEqual(['AssumeRolePolicyDocument']);
    }
  });

  it('name every action, and only allow', () => {
    for (const statement of statements) {
      const { Condition, ...rest } = statement;
      expect(Object.keys(rest).sort()).toEqual(['Action', 'Effect', 'Resource']);
      expect(statement.Effect).toBe('Allow');
      expect([statement.Action].flat().join()).not.toContain('*');
    }
  });

  it('keep what delivers webhooks away from every other item of the table', () => {
    const limited = policies.flatMap(({ PolicyDocument, Roles }) =>
      PolicyDocument.Statement.flatMap(({ Condition, Resource }: Record<string, unknown>) =>
        Condition
          ? [[synthesis.functionNameOf(Roles[0]), synthesis.name(Resource), Condition]]
          : [],
      ),
    );
    const own = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['webhook#*'] } };

    expect(limited).toEqual([
      ['deliver-webhook', TABLE, own],
      ['sweep-due', TABLE, own],
    ]);
  });

  it('let API Gateway call only the functions behind routes, and the schedules only what works by the clock', () => {
    const callers = Object.values(synthesis.byPath('AWS::Lambda::Permission')).map((permission) => [
      synthesis.functionNameOf(permission.FunctionName),
      permission.Principal,
      synthesis.name(permission.SourceArn).replace(/^.*>:Api/, 'Api'),
    ]);

    const routes = ROUTES.map(({ path, function: name }) => [
      name,
      'apigateway.amazonaws.com',
      `Api/Http/Api/*/*${path}`,
    ]);
    expect(new Set(callers.map(String))).toEqual(
      new Set(
        [
          ...routes,
          ['refresh-gate', 'events.amazonaws.com', 'Gate/EachMinute'],
          ['recheck-domains', 'events.amazonaws.com', 'Domains/EachTwoMinutes'],
          ['sweep-due', 'events.amazonaws.com', 'Webhooks/EachMinute'],
          ['refuse-route', 'apigateway.amazonaws.com', 'Api/Http/Api/*/*'],
        ].map(String),
      ),
    );
  });
});
