import { randomUUID } from 'node:crypto';
import { notAuthorized } from './errors.ts';

interface Session {
  readonly username: string;
  /** Name of the challenge, `NEW_PASSWORD_REQUIRED`. */
  readonly challenge: unknown;
}

/** How long a challenge may be answered, in milliseconds: Cognito's default, three minutes. */
const LIFETIME = 3 * 60 * 1000;

/** Challenges that wait for their answer; cognito-local takes answers to challenges that it never put. */
export class Sessions {
  readonly #open = new Map<unknown, Session & { readonly until: number }>();

  /** Puts a challenge to a user; gives its session. */
  open(session: Session): string {
    const id = randomUUID();
    this.#open.set(id, { ...session, until: Date.now() + LIFETIME });
    return id;
  }

  /** @throws CognitoError where the challenge was not put to this user, or too long ago */
  require(id: unknown, { username, challenge }: Session): void {
    const found = this.#open.get(id);
    const fits = found?.username === username && found.challenge === challenge;
    if (!fits || found.until < Date.now()) throw notAuthorized('Invalid session for the user.');
  }

  close(id: unknown): void {
    this.#open.delete(id);
  }
}
