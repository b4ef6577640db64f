import { lstatSync, readlinkSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CustomResource, Duration, SymlinkFollowMode } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as EventTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ExpiringLogGroup } from './expiring-log-group.ts';
import { bundleFunctions } from './function-bundles.ts';

/** Variables that name a resource: only the grant that gives the permission for it sets them. */
type GrantedVariable =
  | 'TABLE_NAME'
  | 'CONTENT_BUCKET'
  | 'CONFIGURATION_SET'
  | 'SECRET_KEY_ID'
  | 'SITE_BUCKET'
  | 'USER_POOL_ID'
  | 'USER_POOL_CLIENT_ID'
  | `${string}_QUEUE_URL`;

/** The part of an environment that no grant sets. */
export type PlainEnvironment<Env> = {
  [K in keyof Env as K extends GrantedVariable ? never : K]: Env[K];
};

export interface ServiceFunctionProps<Env> {
  readonly timeout: Duration;
  readonly environment: PlainEnvironment<Env>;
  /** @default 512 */
  readonly memorySize?: number;
  /**
   * Name → directory of what the function finds beside its bundle.
   *
   * @default nothing
   */
  readonly beside?: Readonly<Record<string, string>>;
}

/**
 * One of `lambdas/`, with the house's defaults. `Env` is the type of its `env.ts`; its construct id is
 * its folder's name. It may do nothing but write its own log until a grant allows more.
 */
export class ServiceFunction<Env extends object> extends Construct {
  readonly lambda: LambdaFunction;
  /** Variables set so far. */
  readonly environment: Partial<Env> = {};
  private readonly role: Role;
  private readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Env>) {
    super(scope, id);
    this.timeout = props.timeout;
    const logGroup = new ExpiringLogGroup(this, 'Log');
    // CDK's own role would carry a managed policy that reaches every log group of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: id,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: functionCode(id, props.beside),
      // Stack traces name lines of the sources.
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
    });
    for (const [name, value] of Object.entries(props.environment)) {
      this.setVariable(name as keyof Env & string, value as string);
    }
  }

  setVariable(name: keyof Env & string, value: string): void {
    Object.assign(this.environment, { [name]: value });
    this.lambda.addEnvironment(name, value);
  }

  allow(
    actions: readonly string[],
    resources: readonly string[],
    conditions: Readonly<Record<string, unknown>> = {},
  ): void {
    this.role.addToPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
  }

  /**
   * Calls the function by the clock. A call that fails is not repeated and a late one is dropped, because the
   * next one comes anyway.
   */
  every(period: Duration): void {
    const once = { retryAttempts: 0, maxEventAge: period };
    // The target's rule ends with the hand-over. Lambda queues the call, and would repeat a failed one twice and
    // keep throttled ones for six hours, to run them all one after another.
    this.lambda.configureAsyncInvoke(once);
    const target = new EventTarget(this.lambda, once);
    new Rule(this, 'Schedule', { schedule: Schedule.rate(period), targets: [target] });
  }

  /** A custom resource of which the function takes care: it runs whenever `properties` or its own code change. */
  deploys(
    type: `Custom::${string}`,
    properties: Readonly<Record<string, unknown>>,
  ): CustomResource {
    return new CustomResource(this, 'Resource', {
      resourceType: type,
      serviceToken: this.lambda.functionArn,
      // Without it CloudFormation waits an hour for a function that could not answer.
      serviceTimeout: this.timeout.plus(Duration.seconds(30)),
      properties,
    });
  }
}

let bundles: string | undefined;

/** The bundle of `lambdas/<name>/index.ts`; the first call of a process bundles all functions at once. */
function functionCode(name: string, beside: ServiceFunctionProps<object>['beside'] = {}): Code {
  bundles ??= bundleFunctions();
  for (const [link, directory] of Object.entries(beside)) {
    linkTo(directory, join(bundles, name, link));
  }
  return Code.fromAsset(join(bundles, name), { followSymlinks: SymlinkFollowMode.ALWAYS });
}

// Renamed into place, so that a synth beside this one never meets a missing link.
function linkTo(directory: string, link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false }) && readlinkSync(link) === directory) return;
  const draft = `${link}.${process.pid}`;
  symlinkSync(directory, draft);
  renameSync(draft, link);
}
