import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as ManageDomainsEnv } from '../lambdas/manage-domains/env.ts';
import type { Env as RecheckDomainsEnv } from '../lambdas/recheck-domains/env.ts';
import { ApiFunction } from './api-function.ts';
import type { Configuration } from './configuration.ts';
import type { EmailTable } from './email-table.ts';
import { ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';

export interface DomainsProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly users: Users;
}

/** Sending domains: what their owners do with them, and a look at each from time to time. */
export class Domains extends Construct {
  readonly manageDomains: ServiceFunction<ManageDomainsEnv>;

  constructor(scope: Construct, id: string, props: DomainsProps) {
    super(scope, id);
    this.manageDomains = this.manage(props);
    this.recheck(props);
  }

  private manage(props: DomainsProps): ServiceFunction<ManageDomainsEnv> {
    const fn = new ApiFunction<ManageDomainsEnv>(this, 'manage-domains', {
      ...props,
      // One second less than API Gateway waits: DNS servers may take their time.
      timeout: Duration.seconds(29),
      environment: { TIME_SCALE: String(props.configuration.timeScale) },
    });
    props.table.grant(fn, 'BatchGetItem', 'DeleteItem');
    props.table.grantQueryByTime(fn);
    this.allowIdentities(
      fn,
      'CreateEmailIdentity',
      'DeleteEmailIdentity',
      'GetEmailIdentity',
      'PutEmailIdentityFeedbackAttributes',
      'PutEmailIdentityMailFromAttributes',
      'TagResource',
    );
    return fn;
  }

  private recheck({ configuration, table }: DomainsProps): void {
    const fn = new ServiceFunction<RecheckDomainsEnv>(this, 'recheck-domains', {
      timeout: Duration.seconds(60),
      environment: { TIME_SCALE: String(configuration.timeScale) },
    });
    table.grant(fn, 'GetItem', 'UpdateItem');
    table.grantNotices(fn);
    table.grantQueryDue(fn);
    this.allowIdentities(fn, 'GetEmailIdentity');
    fn.every(Duration.minutes(2));
  }

  /** Allows the actions on identities of SES: the customers' domains, added while the service runs. */
  private allowIdentities<Env extends object>(
    fn: ServiceFunction<Env>,
    ...actions: readonly string[]
  ): void {
    const identities = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: '*',
    });
    fn.allow(
      actions.map((action) => `ses:${action}`),
      [identities],
    );
  }
}
