import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type DeployedThing,
  deploymentHandler,
} from '../../../lambdas/core/deployment/deployment.ts';
import { answerDeployment } from '../../../lambdas/core/net/answer-deployment.ts';
import { keptLog, startAnswers } from './answers.ts';

let cloudFormation: Awaited<ReturnType<typeof startAnswers>>;
beforeEach(async () => {
  cloudFormation = await startAnswers();
});
afterEach(() => cloudFormation.stop());

const log = keptLog();

function thing(steps: Partial<DeployedThing> = {}): DeployedThing {
  return { physicalId: 'thing', apply: async () => undefined, remove: async () => {}, ...steps };
}

const handlerOf = (steps: Partial<DeployedThing>) =>
  deploymentHandler({ answer: answerDeployment, log }, thing(steps));

describe('a custom resource', () => {
  it.each([
    ['Create', 'apply'],
    ['Update', 'apply'],
    ['Delete', 'remove'],
  ] as const)('answers %s once %s is done, always under the same id', async (type, step) => {
    const done: unknown[] = [];
    const handler = handlerOf({
      apply: async (properties) => void done.push(['apply', properties.Size]),
      remove: async () => void done.push(['remove']),
    });

    await handler(cloudFormation.event(type, { Size: '7' }));

    expect(done).toEqual([step === 'apply' ? ['apply', '7'] : ['remove']]);
    expect(cloudFormation.answers).toEqual([
      {
        StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Maillayer/1',
        RequestId: 'request-1',
        LogicalResourceId: 'Thing',
        PhysicalResourceId: 'thing',
        Status: 'SUCCESS',
      },
    ]);
    expect(cloudFormation.contentTypes).toEqual(['']);
  });

  it('tells the template what it may read of it', async () => {
    const handler = handlerOf({ apply: async () => ({ Size: '7' }) });

    await handler(cloudFormation.event('Update'));

    expect(cloudFormation.answers).toMatchObject([{ Status: 'SUCCESS', Data: { Size: '7' } }]);
  });

  it('says why it failed, so that nobody waits for an answer', async () => {
    const handler = handlerOf({
      apply: async () => {
        throw new Error('The bucket is full.');
      },
    });

    await handler(cloudFormation.event('Create'));

    expect(cloudFormation.answers).toMatchObject([
      { Status: 'FAILED', Reason: 'The bucket is full.', PhysicalResourceId: 'thing' },
    ]);
  });

  it('fails loudly where its answer is not taken', async () => {
    const deaf = await startAnswers(403);

    await expect(handlerOf({})(deaf.event('Create'))).rejects.toThrow('403');

    await deaf.stop();
  });

  it('does nothing for what is no event of CloudFormation', async () => {
    await expect(handlerOf({})({ RequestType: 'Create' })).rejects.toThrow();
  });
});
