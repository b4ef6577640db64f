import { describe, expect, it } from '@jest/globals';
import type { SendingAccount } from '../../lambdas/core/sending/gate.ts';
import { createHandler } from '../../lambdas/refresh-gate/handler.ts';
import { memoryLog, NOW } from '../core/email/fakes.ts';

const account: SendingAccount = {
  maxSendRate: 14,
  max24HourSend: 50_000,
  sentLast24Hours: 7,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  checkedAt: NOW,
};

describe('the schedule of the gate', () => {
  it('keeps what SES says', async () => {
    const kept: SendingAccount[] = [];
    const gate = { refresh: async (fresh: SendingAccount) => void kept.push(fresh) };
    await createHandler({ ask: async () => account, gate, log: memoryLog().log })();
    expect(kept).toEqual([account]);
  });

  it('keeps nothing when SES does not answer, and fails so that it is seen', async () => {
    const refresh = () => Promise.reject(new Error('This write was not foreseen.'));
    const ask = () => Promise.reject(new Error('No answer.'));
    const handler = createHandler({ ask, gate: { refresh }, log: memoryLog().log });
    await expect(handler()).rejects.toThrow('No answer.');
  });
});
