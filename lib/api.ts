import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as AcceptEmailEnv } from '../lambdas/accept-email/env.ts';
import type { Env as GetEmailEnv } from '../lambdas/get-email/env.ts';
import type { Env as GetOpenapiEnv } from '../lambdas/get-openapi/env.ts';
import type { Env as RefuseRouteEnv } from '../lambdas/refuse-route/env.ts';
import { methodsByPath } from '../lambdas/routes.ts';
import { API_MEMORY_SIZE, ApiFunction } from './api-function.ts';
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

/** Of functions that only read a little. */
const READ_TIMEOUT = Duration.seconds(10);

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
      memorySize: API_MEMORY_SIZE,
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
    const getEmail = new ApiFunction<GetEmailEnv>(this, 'get-email', {
      ...props,
      timeout: READ_TIMEOUT,
      environment: {},
    });
    props.table.grant(getEmail, 'BatchGetItem', 'Query');
    props.table.grantQueryByTime(getEmail);
    props.content.grant(getEmail, 'GetObject');
    return getEmail;
  }

  private getOpenapi(props: ApiProps): ServiceFunction<GetOpenapiEnv> {
    return new ApiFunction<GetOpenapiEnv>(this, 'get-openapi', {
      ...props,
      timeout: READ_TIMEOUT,
      environment: {},
    });
  }

  private refuseRoute(props: ApiProps): ServiceFunction<RefuseRouteEnv> {
    return new ApiFunction<RefuseRouteEnv>(this, 'refuse-route', {
      ...props,
      timeout: READ_TIMEOUT,
      environment: { PATHS: JSON.stringify(methodsByPath()) },
    });
  }
}
