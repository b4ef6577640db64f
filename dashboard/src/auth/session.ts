import { fetchAuthSession, signOut } from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { Amplify } from '@aws-amplify/core';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../api/query-client.ts';
import { loadConfig, type SiteConfig } from '../config.ts';

/** Who is using the page. */
export type Session =
  | { readonly state: 'starting' }
  | { readonly state: 'unavailable'; readonly message: string }
  | { readonly state: 'signed_out'; readonly config: SiteConfig; readonly reason?: string }
  | { readonly state: 'signed_in'; readonly config: SiteConfig; readonly email: string };

let session: Session = { state: 'starting' };
const listeners = new Set<() => void>();

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The current session; the component renders again when it changes. */
export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

/** Where users sign in, once `/config.json` has been read. */
function configOf(current: Session): SiteConfig | null {
  return 'config' in current ? current.config : null;
}

async function readTokens(config: SiteConfig): Promise<void> {
  const { tokens } = await fetchAuthSession();
  const email = tokens?.idToken?.payload.email;
  become(
    tokens
      ? { state: 'signed_in', config, email: typeof email === 'string' ? email : '' }
      : { state: 'signed_out', config },
  );
}

/** Reads the configuration and resumes the session that the browser has kept. */
export async function startSession(): Promise<void> {
  become({ state: 'starting' });
  try {
    const config = await loadConfig();
    const { userPoolId, userPoolClientId, userPoolEndpoint } = config;
    const auth = {
      Cognito: { userPoolId, userPoolClientId, ...(userPoolEndpoint && { userPoolEndpoint }) },
    };
    // The package `aws-amplify` does this too, and brings along much that signing in does not need.
    cognitoUserPoolsTokenProvider.setAuthConfig(auth);
    Amplify.configure({ Auth: auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
    await readTokens(config);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    become({ state: 'unavailable', message });
  }
}

/** To be called when Amplify has signed a user in. */
export async function takeUpSession(): Promise<void> {
  const config = configOf(session);
  if (config) await readTokens(config);
}

/** Signs out here and at Cognito; `reason` is shown above the sign-in form. */
export async function endSession(reason?: string): Promise<void> {
  const config = configOf(session);
  if (session.state !== 'signed_in' || !config) return;
  become({ state: 'signed_out', config, ...(reason && { reason }) });
  queryClient.clear();
  // Without a connection the refresh token cannot be revoked, but this browser still forgets it.
  await signOut().catch(() => undefined);
}

/** The access token, fresh for at least the coming call; ends the session when there is none. */
export async function accessToken(options: { renew?: boolean } = {}): Promise<string> {
  const { tokens } = await fetchAuthSession({ forceRefresh: options.renew ?? false });
  if (tokens) return tokens.accessToken.toString();
  const reason = 'Your session has ended. Sign in again.';
  await endSession(reason);
  throw new Error(reason);
}
