import { describe, expect, it } from '@jest/globals';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();

const TABLE = 'Emails/Table';
const OBJECTS = 'Content/Bucket/*';
const SEND_QUEUE = 'Sending/Queue/Queue';
const REDRIVEN = 'Sending/Redriven/Queue';
const DEAD_LETTERS = 'Sending/DeadLetters/Queue';
const EVENT_QUEUE = 'Feedback/Events/Queue';
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
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [EVENT_QUEUE]: CONSUME,
    [EVENT_DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'park-email': {
    'Sending/park-email/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [REDRIVEN]: CONSUME,
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
      expect(Object.keys(statement).sort()).toEqual(['Action', 'Effect', 'Resource']);
      expect(statement.Effect).toBe('Allow');
      expect([statement.Action].flat().join()).not.toContain('*');
    }
  });

  it('let API Gateway call only the functions behind routes, and the schedule only the gate', () => {
    const callers = Object.values(synthesis.byPath('AWS::Lambda::Permission')).map((permission) => [
      synthesis.functionNameOf(permission.FunctionName),
      permission.Principal,
      synthesis.name(permission.SourceArn).replace(/^.*>:Api/, 'Api'),
    ]);

    expect(callers.sort()).toEqual([
      ['accept-email', 'apigateway.amazonaws.com', 'Api/Http/Api/*/*/api/v1/emails'],
      ['get-email', 'apigateway.amazonaws.com', 'Api/Http/Api/*/*/api/v1/emails'],
      ['get-email', 'apigateway.amazonaws.com', 'Api/Http/Api/*/*/api/v1/emails/{id}'],
      ['refresh-gate', 'events.amazonaws.com', 'Gate/EachMinute'],
      ['refuse-route', 'apigateway.amazonaws.com', 'Api/Http/Api/*/*'],
    ]);
  });
});
