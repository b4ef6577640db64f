import { createHash } from 'node:crypto';
import type { Address } from './address.ts';
import { type Documents, documents } from './documents.ts';
import { SesError } from './errors.ts';
import type { Store } from './store.ts';

export type VerificationStatus = 'PENDING' | 'SUCCESS' | 'FAILED';

export type MailFrom = {
  readonly domain: string;
  readonly rejectOnMxFailure: boolean;
  readonly status: VerificationStatus;
};

export type Identity = {
  /** A domain, or an address; domains in lower case. */
  readonly name: string;
  readonly type: 'DOMAIN' | 'EMAIL_ADDRESS';
  readonly status: VerificationStatus;
  /** Empty for an address. */
  readonly dkimTokens: readonly string[];
  readonly dkimOrigin: 'AWS_SES' | 'EXTERNAL';
  readonly feedbackForwarding: boolean;
  readonly mailFrom: MailFrom | null;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
};

export type Identities = {
  /** @throws SesError `NotFoundException` */
  get(name: string): Identity;
  /** @throws SesError `AlreadyExistsException` */
  add(identity: Identity): void;
  /** @throws SesError `NotFoundException` */
  change(name: string, changes: Partial<Identity>): Identity;
  /** @throws SesError `NotFoundException` */
  remove(name: string): void;
  list(): readonly Identity[];
  /** The verified identity an address sends (or, in the sandbox, receives) under. */
  verifiedFor(address: Address): Identity | undefined;
};

export function createIdentities(db: Store): Identities {
  const stored: Documents<Identity> = documents(db, 'identities');
  const get = (name: string) => {
    const identity = stored.get(identityName(name));
    if (identity) return identity;
    throw new SesError('NotFoundException', `Email identity ${name} does not exist.`);
  };
  return {
    get,
    add(identity) {
      if (stored.get(identity.name)) {
        const message = `Email identity ${identity.name} already exist.`;
        throw new SesError('AlreadyExistsException', message);
      }
      stored.put(identity.name, identity);
    },
    change(name, changes) {
      const changed = { ...get(name), ...changes };
      stored.put(changed.name, changed);
      return changed;
    },
    remove(name) {
      stored.delete(get(name).name);
    },
    list: () => stored.list(),
    verifiedFor: (address) =>
      candidates(address)
        .map((name) => stored.get(name))
        .find((identity) => identity?.status === 'SUCCESS'),
  };
}

/** The form an identity is kept under: domains do not depend on case, local parts do. */
export function identityName(name: string): string {
  const at = name.lastIndexOf('@');
  return name.slice(0, at + 1) + name.slice(at + 1).toLowerCase();
}

/**
 * Where this SES has the keys of its tokens. As in some regions of SES it is a zone of the region's own, so that
 * code which takes the common one for granted fails here too.
 */
export const DKIM_ZONE = 'dkim.local-1.amazonses.com';

/** Three tokens of SES's form that depend on nothing but the name. */
export function dkimTokens(domain: string): readonly string[] {
  return [1, 2, 3].map((n) => {
    const digest = createHash('sha256').update(`${domain}#${n}`).digest();
    return [...digest].map((byte) => (byte % 36).toString(36)).join('');
  });
}

/** Verifying a domain covers its addresses and its sub-domains. */
function candidates({ bare, domain }: Address): readonly string[] {
  const labels = domain.split('.');
  return [bare, ...labels.map((_, i) => labels.slice(i).join('.'))];
}
