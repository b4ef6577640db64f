import { accessToken, endSession } from '../auth/session.ts';
import { ConnectionError } from './errors.ts';

const LONGEST_WAIT_SECONDS = 5;
const MOST_TRIES = 4;

const sleep = (milliseconds: number) =>
  new Promise<void>((done) => {
    setTimeout(done, milliseconds);
  });

/** Seconds after which the API takes the request, when it is worth waiting for; the month's quota is not. */
function secondsToWait(response: Response): number | null {
  if (response.status !== 429) return null;
  const seconds = Number(response.headers.get('Retry-After') ?? '1');
  return seconds <= LONGEST_WAIT_SECONDS ? seconds : null;
}

async function sendWith(request: Request, token: string): Promise<Response> {
  const copy = request.clone();
  copy.headers.set('Authorization', `Bearer ${token}`);
  return fetch(copy).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ConnectionError();
  });
}

/** Sends as the signed-in user, with a fresh token when the old one is refused, and waits out the rate. */
export async function retryingFetch(request: Request): Promise<Response> {
  let response = await sendWith(request, await accessToken());
  if (response.status === 401)
    response = await sendWith(request, await accessToken({ renew: true }));
  if (response.status === 401) await endSession('Your session has ended. Sign in again.');
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    const seconds = secondsToWait(response);
    if (seconds === null) break;
    await sleep(seconds * 1000 + Math.random() * 250);
    response = await sendWith(request, await accessToken());
  }
  return response;
}
