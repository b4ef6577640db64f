import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readStackOutputs } from '../../lambdas/core/aws/stack-outputs.ts';
import { startRecorder } from './recording-proxy.ts';
import { useEndpoint } from './table-fixture.ts';

const output = (inner: string) => `<member>${inner}</member>`;
const stacks = (inner: string) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks>${inner}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const stack = (outputs: string) => stacks(`<member><Outputs>${outputs}</Outputs></member>`);
const failure = (message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`;

let cloudFormation: Awaited<ReturnType<typeof startRecorder>>;
beforeAll(async () => {
  cloudFormation = await startRecorder();
  useEndpoint('CLOUDFORMATION', cloudFormation.url);
});
afterAll(() => cloudFormation.stop());

it.each([
  [
    stack(output('<OutputKey>ApiUrl</OutputKey><OutputValue>https://x</OutputValue>')),
    { ApiUrl: 'https://x' },
  ],
  [stack(output('<OutputKey>Empty</OutputKey>')), { Empty: '' }],
  [stack(output('<OutputValue>x</OutputValue>')), { '': 'x' }],
  [stack(''), {}],
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
  const body = failure('Stack with id Other does not exist');
  cloudFormation.answer(() => ({ status: 400, body }));
  expect(await readStackOutputs('Other')).toBeUndefined();
});

it.each([
  'Rate exceeded: Stack with id Other does not exist',
  'Stack with id Other does not exist yet',
  'Not now',
])('any other failure is one: %s', async (message) => {
  cloudFormation.answer(() => ({ status: 400, body: failure(message) }));
  await expect(readStackOutputs('Other')).rejects.toThrow(message);
});
