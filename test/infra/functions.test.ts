import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PLANS } from '../../lambdas/core/contract/plans.ts';
import { bundleFunctions } from '../../lib/function-bundles.ts';
import { Synthesis } from './synthesis.ts';

const root = join(import.meta.dirname, '..', '..');
const names = readdirSync(join(root, 'lambdas'))
  .filter((name) => existsSync(join(root, 'lambdas', name, 'index.ts')))
  .sort();
// With all that a deployment can have.
const synthesis = new Synthesis({ adminEmail: 'ada@example.com' });
const functions = synthesis.functions();

const TIMEOUTS = {
  'accept-email': 29,
  'deliver-email': 60,
  'deliver-webhook': 30,
  'get-account': 20,
  'get-email': 10,
  'get-openapi': 10,
  'invite-operator': 30,
  'manage-api-keys': 20,
  'manage-domains': 29,
  'manage-sending': 20,
  'manage-suppressions': 20,
  'manage-webhooks': 20,
  'park-email': 30,
  'publish-dashboard': 120,
  'recheck-domains': 60,
  'record-event': 30,
  'refresh-gate': 10,
  'refuse-route': 10,
  'sweep-due': 50,
  'notify-owners': 60,
};

const IN_LAMBDAS = new RegExp(`^${join(root, 'lambdas')}/.+\\.ts$`);

const variablesOf = (name: string) => functions[name].Environment.Variables;

describe('functions', () => {
  it('are the folders of lambdas/ that have an index.ts', () => {
    expect(Object.keys(functions).sort()).toEqual(names);
  });

  it.each(names)("%s gets exactly the variables of its env.ts, and Node's own", async (name) => {
    const { envSchema } = await import(`../../lambdas/${name}/env.ts`);
    const expected = [...Object.keys(envSchema.entries), 'NODE_OPTIONS'];

    expect(Object.keys(variablesOf(name)).sort()).toEqual(expected.sort());
    expect(variablesOf(name).NODE_OPTIONS).toBe('--enable-source-maps');
  });

  it('get as variables the resources that they are meant for', () => {
    const variables = names.flatMap((name) =>
      Object.entries(variablesOf(name))
        .filter(([, value]) => typeof value !== 'string')
        .map(([variable, value]) => `${name} ${variable} ${synthesis.name(value)}`),
    );

    expect(variables.sort()).toEqual([
      'accept-email CONTENT_BUCKET Content/Bucket',
      'accept-email SEND_QUEUE_URL Sending/Queue/Queue',
      'accept-email TABLE_NAME Emails/Table',
      'deliver-email CONFIGURATION_SET Mail/ConfigurationSet',
      'deliver-email CONTENT_BUCKET Content/Bucket',
      'deliver-email DEAD_LETTER_QUEUE_URL Sending/DeadLetters/Queue',
      'deliver-email EVENT_QUEUE_URL Feedback/Events/Queue',
      'deliver-email SEND_QUEUE_URL Sending/Queue/Queue',
      'deliver-email TABLE_NAME Emails/Table',
      'deliver-webhook DEAD_LETTER_QUEUE_URL WebhookChannel/DeadLetters/Queue',
      'deliver-webhook OWN_HOSTS Api/Http/Api.execute-api.<AWS::Region>.<AWS::URLSuffix>,Dashboard/Distribution',
      'deliver-webhook SECRET_KEY_ID WebhookChannel/SecretKey',
      'deliver-webhook TABLE_NAME Emails/Table',
      'deliver-webhook WEBHOOK_QUEUE_URL WebhookChannel/Queue/Queue',
      'get-account TABLE_NAME Emails/Table',
      'get-account USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'get-account USER_POOL_ID Users/Pool',
      'get-email CONTENT_BUCKET Content/Bucket',
      'get-email TABLE_NAME Emails/Table',
      'get-email USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'get-email USER_POOL_ID Users/Pool',
      'get-openapi TABLE_NAME Emails/Table',
      'get-openapi USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'get-openapi USER_POOL_ID Users/Pool',
      'invite-operator USER_POOL_ID Users/Pool',
      'manage-api-keys TABLE_NAME Emails/Table',
      'manage-api-keys USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'manage-api-keys USER_POOL_ID Users/Pool',
      'manage-domains TABLE_NAME Emails/Table',
      'manage-domains USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'manage-domains USER_POOL_ID Users/Pool',
      'manage-sending TABLE_NAME Emails/Table',
      'manage-sending USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'manage-sending USER_POOL_ID Users/Pool',
      'manage-suppressions TABLE_NAME Emails/Table',
      'manage-suppressions USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'manage-suppressions USER_POOL_ID Users/Pool',
      'manage-webhooks SECRET_KEY_ID WebhookChannel/SecretKey',
      'manage-webhooks TABLE_NAME Emails/Table',
      'manage-webhooks USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'manage-webhooks USER_POOL_ID Users/Pool',
      'manage-webhooks WEBHOOK_QUEUE_URL WebhookChannel/Queue/Queue',
      'notify-owners CONTENT_BUCKET Content/Bucket',
      'notify-owners SEND_QUEUE_URL Sending/Queue/Queue',
      'notify-owners TABLE_NAME Emails/Table',
      'park-email DEAD_LETTER_QUEUE_URL Sending/DeadLetters/Queue',
      'park-email EVENT_QUEUE_URL Feedback/Events/Queue',
      'park-email TABLE_NAME Emails/Table',
      'publish-dashboard SITE_BUCKET Dashboard/Site',
      'recheck-domains TABLE_NAME Emails/Table',
      'record-event DEAD_LETTER_QUEUE_URL Feedback/DeadLetters/Queue',
      'record-event TABLE_NAME Emails/Table',
      'record-event WEBHOOK_QUEUE_URL WebhookChannel/Queue/Queue',
      'refresh-gate TABLE_NAME Emails/Table',
      'refuse-route TABLE_NAME Emails/Table',
      'refuse-route USER_POOL_CLIENT_ID Users/Pool/Dashboard',
      'refuse-route USER_POOL_ID Users/Pool',
      'sweep-due TABLE_NAME Emails/Table',
      'sweep-due WEBHOOK_QUEUE_URL WebhookChannel/Queue/Queue',
    ]);
  });

  it('get the configuration as text', () => {
    expect(JSON.parse(variablesOf('accept-email').PLANS)).toEqual(DEFAULT_PLANS);
    expect(variablesOf('accept-email').RETENTION_DAYS).toBe('30');
    expect(variablesOf('deliver-email').TIME_SCALE).toBe('1');
    expect(variablesOf('deliver-webhook')).toMatchObject({ LANES: '1', WEBHOOK_PORTS: '443' });
  });

  it('run on arm64 and Node 24 with the time they need', () => {
    expect(
      Object.fromEntries(Object.entries(functions).map(([name, { Timeout }]) => [name, Timeout])),
    ).toEqual(TIMEOUTS);
    for (const fn of Object.values(functions)) {
      expect(fn).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
    }
  });

  it('write each to a log group of its own, which forgets after a month', () => {
    const groups = synthesis.byPath('AWS::Logs::LogGroup');
    const used = Object.values(functions).map(({ LoggingConfig }) =>
      synthesis.name(LoggingConfig.LogGroup),
    );

    expect(new Set(used).size).toBe(names.length);
    for (const group of used) {
      expect(groups[group]).toEqual({ RetentionInDays: 30 });
    }
  });

  it('reserve no concurrency: a new AWS account has 10 in all', () => {
    for (const fn of Object.values(functions)) {
      expect(fn).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });

  it.each(names)('%s is one ES module that needs nothing but what it publishes', (name) => {
    const bundles = bundleFunctions();
    const folder = join(bundles, name);
    const { outputs } = JSON.parse(readFileSync(join(bundles, 'metafile.json'), 'utf8'));
    const output = Object.keys(outputs).find((path) => path.endsWith(`/${name}/index.mjs`));
    const { imports } = outputs[output ?? ''];

    const beside = name === 'publish-dashboard' ? ['site'] : [];
    expect(readdirSync(folder)).toEqual(['index.mjs', 'index.mjs.map', ...beside]);
    expect(imports.filter(({ path }: { path: string }) => !isBuiltin(path))).toEqual([]);
  });

  it.each(names)('%s has a small source map, of its own sources and without their text', (name) => {
    const folder = join(bundleFunctions(), name);
    const code = readFileSync(join(folder, 'index.mjs'), 'utf8');
    const text = readFileSync(join(folder, 'index.mjs.map'), 'utf8');
    const map = JSON.parse(text);

    expect(code).toMatch(/\n\/\/# sourceMappingURL=index\.mjs\.map\n$/);
    expect(map.sources).toContain(`../../../../lambdas/${name}/index.ts`);
    for (const source of map.sources) expect(join(folder, source)).toMatch(IN_LAMBDAS);
    expect(map).not.toHaveProperty('sourcesContent');
    expect(text.length).toBeLessThan(code.length / 2);
  });

  it('never get the variables by which the local runner relaxes a rule, or has name servers of its own', () => {
    const text = JSON.stringify(synthesis.template.toJSON());

    expect(text).not.toContain('MAILLAYER_LOCAL');
    expect(text).not.toContain('NAME_SERVERS');
  });
});
