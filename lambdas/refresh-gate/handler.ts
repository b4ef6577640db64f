import type { Log } from '../core/log/logger.ts';
import type { GateStore, SendingAccount } from '../core/sending/gate.ts';

/** What the schedule touches. */
export type RefreshGateDeps = {
  readonly ask: () => Promise<SendingAccount>;
  readonly gate: Pick<GateStore, 'refresh'>;
  readonly log: Log;
};

/** Keeps what SES says of the account, for the deliverers to read. */
export function createHandler(deps: RefreshGateDeps) {
  return async (): Promise<void> => {
    const account = await deps.ask();
    await deps.gate.refresh(account);
    const { maxSendRate, sandbox, sendingEnabled, enforcement, review, pricing } = account;
    deps.log.info('gate', {
      maxSendRate,
      sandbox,
      sendingEnabled,
      enforcement,
      review,
      pricing: pricing?.plan,
    });
  };
}
