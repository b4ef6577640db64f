const CLOSED = 'The server closed the connection before it answered.';
const UNREACHABLE = 'The server could not be reached.';
const NOT_HTTP = 'The server did not answer in HTTP.';

/** Codes of Node and undici, in words for the owner of the endpoint. */
const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  UND_ERR_SOCKET: CLOSED,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  UND_ERR_HEADERS_OVERFLOW: "The headers of the server's answer are too long.",
};

/** What OpenSSL says of a certificate (`openssl verify`, "Diagnostics"), in words; others are named by code. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a self-signed certificate that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its issuer is unknown; the server may not send the whole chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is unknown; the server may not send the whole chain',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};
const OF_CERTIFICATES = /CERT|CRL|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/;
const OF_TLS = /^(EPROTO$|ERR_SSL_|ERR_TLS_)/;
const OF_PARSING = /^HPE_/;

function sentenceOf(code: string): string {
  const known = SENTENCES[code];
  if (known !== undefined) return known;
  const fault = CERTIFICATES[code];
  if (fault !== undefined) return `The certificate is not valid: ${fault}.`;
  if (OF_CERTIFICATES.test(code)) return `The certificate is not valid: ${code}.`;
  if (OF_TLS.test(code)) return `The TLS connection failed: ${code}.`;
  return OF_PARSING.test(code) ? NOT_HTTP : `The request failed: ${code}.`;
}

/** What a failed exchange is called, for people. A request that undici could not even write is thrown on. */
export function connectionFailureOf(thrown: unknown): string {
  const { code, name } = (thrown ?? {}) as { readonly code?: unknown; readonly name?: string };
  if (code === 'UND_ERR_INVALID_ARG') throw thrown;
  if (typeof code === 'string') return sentenceOf(code);
  return name === 'HTTPParserError' ? NOT_HTTP : `The request failed: ${name ?? 'unknown error'}.`;
}
