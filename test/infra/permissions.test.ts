import { describe, expect, it } from '@jest/globals';
import { ROUTES } from '../../lambdas/routes.ts';
import { PERMISSIONS, TABLE } from './expected-permissions.ts';
import { Synthesis } from './synthesis.ts';

// With all that a deployment can have.
const synthesis = new Synthesis({ adminEmail: 'ada@example.com' });

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
    const notices = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['notice#*'] } };
    const own = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['webhook#*'] } };

    expect(limited).toEqual([
      ['recheck-domains', TABLE, notices],
      ['deliver-webhook', TABLE, own],
      ['deliver-webhook', TABLE, notices],
      ['sweep-due', TABLE, own],
    ]);
  });

  it('let API Gateway call only the functions behind routes, and the schedules only what works by the clock', () => {
    const callers = Object.values(synthesis.byPath('AWS::Lambda::Permission')).map((permission) => [
      synthesis.functionNameOf(permission.FunctionName),
      permission.Principal,
      synthesis.name(permission.SourceArn).replace(/^.*>:Api/, 'Api'),
    ]);

    const routes = Object.entries(ROUTES).flatMap(([name, declared]) =>
      Object.values(declared).map(({ path }) => [
        name,
        'apigateway.amazonaws.com',
        `Api/Http/Api/*/*${path}`,
      ]),
    );
    expect(new Set(callers.map(String))).toEqual(
      new Set(
        [
          ...routes,
          ['refresh-gate', 'events.amazonaws.com', 'Gate/refresh-gate/Schedule'],
          ['recheck-domains', 'events.amazonaws.com', 'Domains/recheck-domains/Schedule'],
          ['sweep-due', 'events.amazonaws.com', 'Webhooks/sweep-due/Schedule'],
          ['notify-owners', 'events.amazonaws.com', 'Owners/notify-owners/Schedule'],
          ['refuse-route', 'apigateway.amazonaws.com', 'Api/Http/Api/*/*'],
        ].map(String),
      ),
    );
  });
});
