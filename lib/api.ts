import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as AcceptEmailEnv } from '../lambdas/accept-email/env.ts';
import type { Env as GetEmailEnv } from '../lambdas/get-email/env.ts';
import type { Env as GetOpenapiEnv } from '../lambdas/get-openapi/env.ts';
import type { Env as RefuseRouteEnv } from '../lambdas/refuse-route/env.ts';
import { methodsByPath } from '../lambdas/routes.ts';
import type { Configuration } from './configuration.ts';
import type { ContentBucket } from './content-bucket.ts';
import type { Domains } from './domains.ts';
import type { EmailTable } from './email-table.ts';
import { HttpRoutes } from './http-routes.ts';
import type { Management } from './management.ts';
import type { Owners } from './owners.ts';
import { ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';
import type { WorkQueue } from './work-queue.ts';

export interface ApiProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly users: Users;
  readonly content: ContentBucket;
  readonly sendQueue: WorkQueue;
  readonly management: Management;
  readonly domains: Domains;
  readonly owners: Owners;
}

/** A caller waits for these functions: twice the memory of the others is twice their processor. */
const memorySize = 1024;

/** What callers reach over HTTPS. */
export class Api extends Construct {
  /** `https://<host>`, without a slash at its end. */
  readonly url: string;
  readonly host: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { url, host } = new HttpRoutes(this, 'Http', {
      configuration: props.configuration,
      functions: {
        'accept-email': this.acceptEmail(props).lambda,
        'get-email': this.getEmail(props).lambda,
        'get-openapi': this.getOpenapi(props).lambda,
        'get-account': props.management.getAccount.lambda,
        'manage-api-keys': props.management.manageApiKeys.lambda,
        'manage-domains': props.domains.manageDomains.lambda,
        'manage-sending': props.owners.manageSending.lambda,
        'manage-suppressions': props.management.manageSuppressions.lambda,
        'manage-webhooks': props.management.manageWebhooks.lambda,
      },
      otherwise: this.refuseRoute(props).lambda,
    });
    this.url = url;
    this.host = host;
  }

  private acceptEmail({ configuration, ...props }: ApiProps): ServiceFunction<AcceptEmailEnv> {
    const acceptEmail = new ServiceFunction<AcceptEmailEnv>(this, 'accept-email', {
      // One second less than API Gateway waits, so that every answer is ours.
      timeout: Duration.seconds(29),
      memorySize,
      environment: {
        PLANS: JSON.stringify(configuration.plans),
        RETENTION_DAYS: String(configuration.retentionDays),
        TIME_SCALE: String(configuration.timeScale),
      },
    });
    props.table.grant(
      acceptEmail,
      'GetItem',
      'BatchGetItem',
      'PutItem',
      'UpdateItem',
      'BatchWriteItem',
    );
    props.content.grant(acceptEmail, 'PutObject');
    props.sendQueue.grantSend(acceptEmail, 'SEND_QUEUE_URL');
    return acceptEmail;
  }

  private getEmail(props: ApiProps): ServiceFunction<GetEmailEnv> {
    const { configuration, table, users, content } = props;
    const getEmail = new ServiceFunction<GetEmailEnv>(this, 'get-email', {
      timeout: Duration.seconds(10),
      memorySize,
      environment: { PLANS: JSON.stringify(configuration.plans) },
    });
    users.grantVerify(getEmail);
    table.grant(getEmail, 'GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem', 'Query');
    table.grantQueryByTime(getEmail);
    content.grant(getEmail, 'GetObject');
    return getEmail;
  }

  private getOpenapi({ configuration, table, users }: ApiProps): ServiceFunction<GetOpenapiEnv> {
    const getOpenapi = new ServiceFunction<GetOpenapiEnv>(this, 'get-openapi', {
      timeout: Duration.seconds(10),
      memorySize,
      environment: { PLANS: JSON.stringify(configuration.plans) },
    });
    users.grantVerify(getOpenapi);
    table.grant(getOpenapi, 'GetItem', 'PutItem', 'UpdateItem');
    return getOpenapi;
  }

  private refuseRoute({ configuration, table, users }: ApiProps): ServiceFunction<RefuseRouteEnv> {
    const refuseRoute = new ServiceFunction<RefuseRouteEnv>(this, 'refuse-route', {
      timeout: Duration.seconds(10),
      memorySize,
      environment: {
        PATHS: JSON.stringify(methodsByPath()),
        PLANS: JSON.stringify(configuration.plans),
      },
    });
    users.grantVerify(refuseRoute);
    table.grant(refuseRoute, 'GetItem', 'PutItem', 'UpdateItem');
    return refuseRoute;
  }
}
