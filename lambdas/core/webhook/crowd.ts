import type { EndpointRef } from './endpoint.ts';

/** How long, in milliseconds, an environment remembers that an endpoint is crowded. */
const REMEMBERED = 1000;

/** What an environment remembers of endpoints without room, so that their messages cost no read. */
export type Crowd = {
  /** When there may be room again (epoch milliseconds); undefined where nothing is known. */
  roomAt(ref: EndpointRef): number | undefined;
  note(ref: EndpointRef, roomAt: number): void;
  forget(ref: EndpointRef): void;
};

/** The one name of an endpoint in this process's memory. */
export const nameOf = ({ account, endpoint }: EndpointRef) => `${account}/${endpoint}`;

/** An empty memory. */
export function createCrowd(now: () => number): Crowd {
  const noted = new Map<string, { roomAt: number; until: number }>();
  const tidy = () => {
    for (const [name, { until }] of noted) if (until <= now()) noted.delete(name);
  };
  return {
    roomAt(ref) {
      const entry = noted.get(nameOf(ref));
      return entry && now() < entry.until ? entry.roomAt : undefined;
    },
    note(ref, roomAt) {
      tidy();
      noted.set(nameOf(ref), { roomAt, until: now() + REMEMBERED });
    },
    forget(ref) {
      noted.delete(nameOf(ref));
    },
  };
}
