import { App } from 'aws-cdk-lib';
import { ConfigurationError, readConfiguration } from '../lib/configuration.ts';
import { MaillayerStack } from '../lib/maillayer-stack.ts';

const app = new App();
try {
  new MaillayerStack(app, readConfiguration(app.node.getAllContext()));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
