import * as v from 'valibot';

const shared = {
  ResponseURL: v.string(),
  StackId: v.string(),
  RequestId: v.string(),
  LogicalResourceId: v.string(),
  ResourceProperties: v.record(v.string(), v.unknown()),
};

/**
 * What CloudFormation hands to the function of a custom resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes.html
 */
export const deploymentSchema = v.variant('RequestType', [
  v.object({ RequestType: v.literal('Create'), ...shared }),
  v.object({
    RequestType: v.picklist(['Update', 'Delete']),
    PhysicalResourceId: v.string(),
    ...shared,
  }),
]);

type Deployment = v.InferOutput<typeof deploymentSchema>;

/** What CloudFormation is told of it. */
export type DeploymentAnswer = Pick<Deployment, 'StackId' | 'RequestId' | 'LogicalResourceId'> & {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  /** Shown to whoever deploys. */
  readonly Reason?: string;
  readonly Data?: DeployedData;
};

/** What the template reads of a custom resource, by `Fn::GetAtt`. */
export type DeployedData = Readonly<Record<string, string>>;

/** What every custom resource needs. */
export type DeploymentDeps = {
  /** Brings the answer to the address that CloudFormation gave. */
  readonly answer: (url: string, answer: DeploymentAnswer) => Promise<void>;
  readonly log: {
    info(message: string, fields: Record<string, unknown>): void;
    error(message: string, fields: Record<string, unknown>, error: unknown): void;
  };
};

/** What one custom resource does. `physicalId` names the thing and never changes, so that it is never replaced. */
export type DeployedThing = {
  readonly physicalId: string;
  /** When it is made and whenever its properties change; may be repeated. */
  apply(properties: Readonly<Record<string, unknown>>): Promise<DeployedData | undefined>;
  /** When the stack gives it up; may be repeated. */
  remove(): Promise<void>;
};

/** An error in its own words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A custom resource's function: whatever happens, CloudFormation is answered and need not wait an hour. */
export function deploymentHandler(deps: DeploymentDeps, thing: DeployedThing) {
  return async (event: unknown): Promise<void> => {
    const deployment = v.parse(deploymentSchema, event);
    const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = deployment;
    const common = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: thing.physicalId };
    let data: DeployedData | undefined;
    try {
      if (RequestType === 'Delete') await thing.remove();
      else data = await thing.apply(deployment.ResourceProperties);
    } catch (error) {
      deps.log.error('deployment failed', { resource: LogicalResourceId, RequestType }, error);
      await deps.answer(ResponseURL, { ...common, Status: 'FAILED', Reason: reasonOf(error) });
      return;
    }
    deps.log.info('deployed', { resource: LogicalResourceId, RequestType });
    const told = data === undefined ? {} : { Data: data };
    await deps.answer(ResponseURL, { ...common, Status: 'SUCCESS', ...told });
  };
}
