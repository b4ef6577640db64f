import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployCustomResources } from '../../../local/deployment/custom-resources.ts';
import { createPool } from '../../../local/functions/pool.ts';
import { openTemplate } from '../../../local/template/template.ts';

/** Answers as its property `Do` says, and shows its event in its log. */
const SOURCE = `
export const handler = async (event) => {
  console.log(JSON.stringify(event));
  const { Do } = event.ResourceProperties;
  const answer = (body) => fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (Do === 'succeed') await answer(JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'x' }));
  if (Do === 'fail') await answer(JSON.stringify({ Status: 'FAILED', Reason: 'The disk is full.' }));
  if (Do === 'mumble') await answer('{}');
  if (Do === 'throw') throw new Error('on purpose');
  if (Do === 'hang') await new Promise(() => setInterval(() => {}, 1000));
};
`;

let directory: string;
let log: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-custom-'));
  await writeFile(join(directory, 'index.mjs'), SOURCE);
  log = [];
});
afterEach(() => rm(directory, { recursive: true }));

async function deploy(properties: object) {
  const template = openTemplate(
    {
      Resources: {
        Maker: { Type: 'AWS::Lambda::Function' },
        Thing: {
          Type: 'Custom::Thing',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Maker', 'Arn'] }, ...properties },
        },
      },
    },
    (name) => name,
  );
  const arn = template.resources('AWS::Lambda::Function')[0]?.attributes.Arn ?? '';
  const definition = {
    name: 'maker',
    arn,
    file: join(directory, 'index'),
    exportName: 'handler',
    environment: {},
    timeoutMs: 1500,
    memoryMb: 128,
  };
  const pool = createPool(definition, 1, (_, line) => log.push(line));
  try {
    await deployCustomResources(template, (wanted) => {
      if (wanted === arn) return pool;
      throw new Error(`There is no function ${wanted}.`);
    });
  } finally {
    await pool.stop();
  }
}

describe('a custom resource', () => {
  it("is made by its function, which gets CloudFormation's event with all values as text", async () => {
    await deploy({ Do: 'succeed', Count: 2, Deep: { list: [true, { Ref: 'AWS::Region' }] } });
    expect(JSON.parse(log[0] ?? '')).toEqual({
      RequestType: 'Create',
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
      ResourceType: 'Custom::Thing',
      LogicalResourceId: 'Thing',
      StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Maillayer/local',
      ResourceProperties: {
        ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:Maker',
        Do: 'succeed',
        Count: '2',
        Deep: { list: ['true', 'us-east-1'] },
      },
    });
  });

  it.each([
    ['fail', 'The disk is full.'],
    ['mumble', 'its function gave an answer that CloudFormation cannot read.'],
    ['say nothing', 'its function ended without an answer.'],
    ['throw', 'its function failed without an answer: on purpose.'],
    ['hang', 'its function failed without an answer: Task timed out after 1.50 seconds.'],
  ])('ends the start with the reason when its function would %s', async (Do, reason) => {
    await expect(deploy({ Do })).rejects.toMatchObject({
      name: 'StartError',
      message: `The resource Thing of type Custom::Thing could not be created: ${reason}`,
    });
  });
});
