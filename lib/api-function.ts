import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ApiEnv } from '../lambdas/core/contract/api-env.ts';
import type { Configuration } from './configuration.ts';
import type { EmailTable } from './email-table.ts';
import { type PlainEnvironment, ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';

export interface ApiFunctionProps<Env> {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly users: Users;
  /** @default 20 seconds */
  readonly timeout?: Duration;
  /** What it needs besides {@link ApiEnv}. */
  readonly environment: Omit<PlainEnvironment<Env>, 'PLANS'>;
}

/** A caller waits for these functions: twice the memory of the others is twice their processor. */
export const API_MEMORY_SIZE = 1024;

/** A function behind routes: it may look up its caller, count the request and note a refusal. */
export class ApiFunction<Env extends ApiEnv> extends ServiceFunction<Env> {
  constructor(scope: Construct, id: string, props: ApiFunctionProps<Env>) {
    super(scope, id, {
      timeout: props.timeout ?? Duration.seconds(20),
      memorySize: API_MEMORY_SIZE,
      environment: {
        ...props.environment,
        PLANS: JSON.stringify(props.configuration.plans),
      } as PlainEnvironment<Env>,
    });
    props.users.grantVerify(this);
    props.table.grant(this, 'GetItem', 'PutItem', 'UpdateItem');
  }
}
