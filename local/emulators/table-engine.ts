import { type Emulator, startInThread } from './thread.ts';

/** Starts DynamoDB's emulator with its data in `directory`. */
export function startTableEngine(
  directory: string,
  onCrash: (reason: Error) => void,
): Promise<Emulator> {
  return startInThread(new URL('table-engine.thread.ts', import.meta.url), { directory }, onCrash);
}
