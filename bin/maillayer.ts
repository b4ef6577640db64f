import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Annotations, App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { ConfigurationError, readConfiguration } from '../lib/configuration.ts';
import { MaillayerStack } from '../lib/maillayer-stack.ts';

const CHECK = join(import.meta.dirname, 'check-bootstrap.ts');

function demandBootstrap(stack: MaillayerStack): void {
  // The CDK command line sets the account when it has credentials; without them nothing is deployed.
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  if (account === undefined || region === undefined) {
    return;
  }
  const bucket = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-${account}-${region}`;
  const { stdout } = spawnSync(process.execPath, [CHECK, bucket, region], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (stdout.trim() === 'missing') {
    // An annotation stops `cdk deploy` but lets `cdk bootstrap` pass.
    Annotations.of(stack).addError(
      `AWS account ${account} is not bootstrapped for CDK in ${region}: ` +
        `run "npx cdk bootstrap aws://${account}/${region}" once, then "npx cdk deploy" again.`,
    );
  }
}

const app = new App();
try {
  demandBootstrap(new MaillayerStack(app, readConfiguration(app.node.getAllContext())));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
