import type { Service } from '../service.ts';
import { startInThread } from './thread.ts';

/**
 * Starts DynamoDB's emulator.
 *
 * @param directory of its data; undefined for memory, which is gone with it
 */
export function startTableEngine(
  directory: string | undefined,
  onCrash: (reason: Error) => void,
): Promise<Service> {
  return startInThread(new URL('table-engine.thread.ts', import.meta.url), { directory }, onCrash);
}
