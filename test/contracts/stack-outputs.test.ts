import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readStackOutputs } from '../../lambdas/core/aws/stack-outputs.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { failure, output, stack, stacks } from './stack-answers.ts';
import { useEndpoint } from './table-fixture.ts';

let cloudFormation: Awaited<ReturnType<typeof startRecordingProxy>>;
beforeAll(async () => {
  cloudFormation = await startRecordingProxy();
  useEndpoint('CLOUDFORMATION', cloudFormation.url);
});
afterAll(() => cloudFormation.stop());

it.each([
  [stack(output('ApiUrl', 'https://x')), { ApiUrl: 'https://x' }],
  [stack('<member><OutputKey>Empty</OutputKey></member>'), { Empty: '' }],
  [stack('<member><OutputValue>x</OutputValue></member>'), { '': 'x' }],
  [stack(), {}],
  [stacks('<member></member>'), {}],
  [stacks(''), {}],
  [
    '<DescribeStacksResponse><DescribeStacksResult></DescribeStacksResult></DescribeStacksResponse>',
    {},
  ],
])('the outputs in %s', async (body, outputs) => {
  cloudFormation.answer(() => ({ status: 200, body }));
  expect(await readStackOutputs('Maillayer')).toEqual(outputs);
  expect(cloudFormation.calls[0]?.body).toContain('StackName=Maillayer');
});

it('there is no stack of that name', async () => {
  const body = failure('ValidationError', 'Stack with id Other does not exist');
  cloudFormation.answer(() => ({ status: 400, body }));
  expect(await readStackOutputs('Other')).toBeUndefined();
});

it.each([
  'Rate exceeded: Stack with id Other does not exist',
  'Stack with id Other does not exist yet',
  'Not now',
])('any other failure is one: %s', async (message) => {
  cloudFormation.answer(() => ({ status: 400, body: failure('ValidationError', message) }));
  await expect(readStackOutputs('Other')).rejects.toThrow(message);
});
