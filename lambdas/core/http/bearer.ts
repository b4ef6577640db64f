const BEARER = /^Bearer +(?<credential>\S+)$/i;

/** What follows `Bearer` in the header `Authorization`; undefined where it says anything else. */
export function bearerOf(
  headers: Readonly<Record<string, string | undefined>> | undefined,
): string | undefined {
  return BEARER.exec(headers?.authorization ?? '')?.groups?.credential;
}
