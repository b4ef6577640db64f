import type { AccountState } from './account.ts';
import type { FaultState } from './faults.ts';
import { jsonBody, type Route, route, sendJson } from './http.ts';
import type { Identities, VerificationStatus } from './identities.ts';
import { describeIdentity } from './identity-shapes.ts';
import type { StatsState } from './stats.ts';

export type ControlParts = {
  readonly account: AccountState;
  readonly identities: Identities;
  readonly faults: FaultState;
  readonly stats: StatsState;
};

/** What AWS or the owner of a domain would do, on demand: for tests and for the local system's start. */
export function controlRoutes(parts: ControlParts): readonly Route[] {
  const { account, identities, faults, stats } = parts;
  return [
    route('GET', '/_local/account', (_call, response) => {
      sendJson(response, 200, account.settings());
    }),
    route('PUT', '/_local/account', (call, response) => {
      sendJson(response, 200, account.change(jsonBody(call)));
    }),
    outcomeRoute(identities, 'verify', 'SUCCESS'),
    outcomeRoute(identities, 'fail', 'FAILED'),
    route('GET', '/_local/faults', (_call, response) => sendJson(response, 200, faults.current())),
    route('PUT', '/_local/faults', (call, response) => {
      sendJson(response, 200, faults.set(jsonBody(call)));
    }),
    route('DELETE', '/_local/faults', (_call, response) => {
      sendJson(response, 200, faults.set({}));
    }),
    route('GET', '/_local/stats', (_call, response) => sendJson(response, 200, stats.current())),
    route('DELETE', '/_local/stats', (_call, response) => {
      stats.reset();
      sendJson(response, 200, stats.current());
    }),
  ];
}

/** Ends an identity's verification, and that of its MAIL FROM domain, one way or the other. */
function outcomeRoute(identities: Identities, verb: string, status: VerificationStatus): Route {
  return route('POST', `/_local/identities/{name}/${verb}`, (call, response) => {
    const identity = identities.get(call.params.name ?? '');
    const mailFrom = identity.mailFrom && { ...identity.mailFrom, status };
    const changed = identities.change(identity.name, { status, mailFrom });
    sendJson(response, 200, describeIdentity(changed));
  });
}
