import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ROUTES } from '../../lambdas/core/contract/routes.ts';
import { compose } from './synthesis.ts';

/** What the AwsSolutions rules find, and why each is as it should be. */
const ACCEPTED: Record<string, string> = {
  'AwsSolutions-S1 Content/Bucket/Resource':
    'Access logs would need a second bucket that grows for ever; only two functions can reach this one.',
  'AwsSolutions-SQS3 Feedback/Undelivered/Queue/Resource':
    'It is a dead-letter queue, of a subscription; the rule knows only those of queues.',
  'AwsSolutions-IAM5[Resource::<ContentBucket.Arn>/*] Sending/deliver-email/Role/DefaultPolicy/Resource':
    'The objects are the emails; the one action on them is to read one.',
  'AwsSolutions-IAM5[Resource::<ContentBucket.Arn>/*] Api/accept-email/Role/DefaultPolicy/Resource':
    'The objects are the emails; the one action on them is to write one.',
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*] Sending/deliver-email/Role/DefaultPolicy/Resource':
    'Identities are the domains of accounts, added while the service runs; the one action is to send.',
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*] Domains/manage-domains/Role/DefaultPolicy/Resource':
    'Identities are the domains of accounts, added and removed while the service runs.',
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*] Domains/recheck-domains/Role/DefaultPolicy/Resource':
    'Identities are the domains of accounts; the one action is to ask after one.',
  'AwsSolutions-IAM5[Resource::*] Gate/refresh-gate/Role/DefaultPolicy/Resource':
    'ses:GetAccount has no resource.',
  'AwsSolutions-APIG4 Api/Http/Api/DefaultRoute/Resource':
    'Keys are checked in the functions: only they can answer 401 as the contract says.',
};

/** For each route as for the default one. */
const ROUTE_FINDINGS = ROUTES.map(
  ({ method, path }) =>
    `AwsSolutions-APIG4 Api/Http/Api/${method}${path.replaceAll('/', '--')}/Resource`,
);

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

it('breaks no AwsSolutions rule but those that it breaks with a reason', () => {
  const { app } = compose();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  // The accepted findings make it throw as well; the report lies in the output folder either way.
  expect(() => app.synth()).toThrow('validation-report.json');

  const report = join(app.outdir, 'validation-report.json');
  const { pluginReports } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const findings = pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(
        ({ constructPath }) =>
          `${ruleName.replace(/<(\w+?)[0-9A-F]{8}\.Arn>/, '<$1.Arn>')} ${constructPath.replace('Maillayer/', '')}`,
      ),
    );
  expect(pluginReports.map(({ pluginName }) => pluginName)).toEqual(['AwsSolutions']);
  expect(findings.sort()).toEqual([...Object.keys(ACCEPTED), ...ROUTE_FINDINGS].sort());
});
