import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ALL_ROUTES } from '../../lambdas/routes.ts';
import { compose } from './synthesis.ts';

/** What the AwsSolutions rules find, and why each is as it should be. */
const ACCEPTED: Record<string, string> = {
  'AwsSolutions-S1 Content/Bucket/Resource':
    'Access logs would need a second bucket that grows for ever; only the functions that send and show emails can reach this one.',
  'AwsSolutions-SQS3 Feedback/Undelivered/Queue/Resource':
    'It is a dead-letter queue, of a subscription; the rule knows only those of queues.',
  'AwsSolutions-IAM5[Resource::<ContentBucket.Arn>/*] Sending/deliver-email/Role/DefaultPolicy/Resource':
    'The objects are the emails; the one action on them is to read one.',
  'AwsSolutions-IAM5[Resource::<ContentBucket.Arn>/*] Owners/notify-owners/Role/DefaultPolicy/Resource':
    'The objects are the emails; the one action on them is to write one.',
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*@*] Owners/manage-sending/Role/DefaultPolicy/Resource':
    'Addresses of recipients are verified while the service runs; the pattern leaves out every domain.',
  'AwsSolutions-IAM5[Resource::<ContentBucket.Arn>/*] Api/get-email/Role/DefaultPolicy/Resource':
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
  'AwsSolutions-IAM5[Resource::*] Owners/manage-sending/Role/DefaultPolicy/Resource':
    'ses:PutAccountDetails knows no resource.',
  'AwsSolutions-S1 Dashboard/Site/Resource':
    'It holds a copy of public files; whoever asks for them asks the CDN.',
  'AwsSolutions-IAM5[Resource::<DashboardSite.Arn>/*] Dashboard/publish-dashboard/Role/DefaultPolicy/Resource':
    'The objects are the files of the build, whose names change with it.',
  'AwsSolutions-CFR1 Dashboard/Distribution/Resource': 'Whoever runs the service may be anywhere.',
  'AwsSolutions-CFR2 Dashboard/Distribution/Resource':
    'A web ACL costs 5 dollars a month when idle; the API counts and limits its callers itself.',
  'AwsSolutions-CFR3 Dashboard/Distribution/Resource':
    'Access logs would need a bucket that grows for ever; the API writes its own.',
  'AwsSolutions-CFR4 Dashboard/Distribution/Resource':
    "CloudFront's own certificate allows no choice of protocol; a domain of one's own would.",
  'AwsSolutions-COG1 Users/Pool/Resource':
    'Twelve characters at least and no rules about their kinds, as NIST SP 800-63B advises.',
  'AwsSolutions-COG2 Users/Pool/Resource':
    'An authenticator is each user’s choice, in the dashboard’s settings.',
  'AwsSolutions-COG8 Users/Pool/Resource':
    'Threat protection is billed for each user; who runs many users can turn it on.',
  'AwsSolutions-APIG4 Api/Http/Api/DefaultRoute/Resource':
    'Keys and tokens are checked in the functions: only they can answer 401 as docs/api.md says.',
};

/** For each route as for the default one. */
const ROUTE_FINDINGS = ALL_ROUTES.map(
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
