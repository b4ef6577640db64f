/** The tests that look for mutants: those that reach the core and are quick. */
export const TEST_FILES = {
  in: [
    'test/{core,contracts}/**/*.test.ts',
    'test/openapi/{document,requests}.test.ts',
    'test/{accept,deliver,get,invite,manage,park,publish,recheck,record,refresh,refuse,sweep,tell}-*/*.test.ts',
  ],
  out: [
    'test/record-event/{merge,mutations,orders,random,statistics}.test.ts',
    'test/contracts/suppression-order.test.ts',
    'test/manage-api-keys/last-used.test.ts',
    'test/manage-domains/{crashes,owners}.test.ts',
    'test/manage-api-keys/revocation.test.ts',
    'test/get-email/filters.test.ts',
    'test/core/webhook/{outage,traffic}.test.ts',
    'test/core/net/egress-https.test.ts',
    'test/openapi/conformance.test.ts',
  ],
} as const;
