import { Stack } from 'aws-cdk-lib';
import { ConfigurationSet, ConfigurationSetTlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** How SES treats our mail. Suppressions are each account's own, so SES's account-wide list is off. */
export class MailConfigurationSet extends Construct {
  readonly configurationSet: ConfigurationSet;
  /** ARN of the configuration set. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: { readonly requireTls: boolean }) {
    super(scope, id);
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      disableSuppressionList: true,
      tlsPolicy: props.requireTls
        ? ConfigurationSetTlsPolicy.REQUIRE
        : ConfigurationSetTlsPolicy.OPTIONAL,
    });
    this.arn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
  }

  /** Allows to send with this configuration set; SES asks for it and for the identity alike. */
  grantSendEmail(fn: ServiceFunction<{ CONFIGURATION_SET: string }>): void {
    // Identities are the customers' domains, added while the service runs.
    const identities = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: '*',
    });
    fn.allow(['ses:SendEmail'], [this.arn, identities]);
    fn.setVariable('CONFIGURATION_SET', this.configurationSet.configurationSetName);
  }
}
