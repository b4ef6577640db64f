/** What `/config.json` says about the installation: where users sign in, and how. */
export type SiteConfig = {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly signInFlow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH';
  /** Where Cognito is, when it is not AWS's own. */
  readonly userPoolEndpoint?: string;
  /** Whether strangers may make an account of their own. */
  readonly selfSignUp?: boolean;
};

/** Reads `/config.json`; throws an error whose message is for people. */
export async function loadConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' }).catch(() => null);
  if (!response?.ok)
    throw new Error('The settings of this dashboard did not load. Check your connection.');
  return (await response.json()) as SiteConfig;
}
