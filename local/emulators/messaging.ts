import type { Service } from '../service.ts';
import { ACCOUNT } from '../template/aws.ts';
import { startInThread } from './thread.ts';

/** The emulator of SQS, SNS and S3. */
export interface Messaging extends Service {
  queueUrl(name: string): string;
}

/** Starts the emulator of SQS, SNS and S3 with its data in `directory`. */
export async function startMessaging(
  directory: string,
  onCrash: (reason: Error) => void,
): Promise<Messaging> {
  const script = new URL('messaging.thread.ts', import.meta.url);
  const emulator = await startInThread(script, { directory }, onCrash);
  return { ...emulator, queueUrl: (name) => `${emulator.url}/${ACCOUNT}/${name}` };
}
