import { startMessaging } from '../../local/emulators/messaging.ts';
import { scratchDirectory, useEndpoint } from './table-fixture.ts';

/** Starts the emulator of queues and objects, and points the SDK's clients at it. */
export async function startMessagingEmulator() {
  const directory = await scratchDirectory();
  const messaging = await startMessaging(directory.path, (reason) => {
    throw reason;
  });
  useEndpoint('S3', messaging.url);
  useEndpoint('SQS', messaging.url);
  return {
    queueUrl: messaging.queueUrl,
    async stop() {
      await messaging.stop();
      await directory.remove();
    },
  };
}
