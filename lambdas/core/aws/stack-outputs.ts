import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/**
 * The outputs of a deployed stack, name → value; undefined when there is no stack of that name in the
 * region that the SDK's own variables say.
 */
export async function readStackOutputs(
  stack: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const client = new CloudFormationClient();
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']));
  } catch (error) {
    // CloudFormation has no class of its own for this.
    if (error instanceof Error && /^Stack .* does not exist$/.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
