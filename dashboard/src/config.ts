/** What `/config.json` says about this deployment: where users sign in, and how. */
export type SiteConfig = {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly signInFlow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH';
  /** Where Cognito is, unless it is the one of AWS. */
  readonly userPoolEndpoint?: string;
  /** Whether anyone may create an account. */
  readonly selfSignUp?: boolean;
};

/** Reads `/config.json`; throws an error whose message is for people. */
export async function loadConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' }).catch(() => null);
  if (!response?.ok)
    throw new Error(
      "Couldn't load the dashboard's settings. Check your connection, then try again.",
    );
  return (await response.json()) as SiteConfig;
}
