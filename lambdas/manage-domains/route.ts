import * as v from 'valibot';
import { addDomainSchema } from '../core/domain/name.ts';
import { domainSchema } from '../core/domain/view.ts';
import type { Routes } from '../core/http/route.ts';
import { listOf } from '../core/value/page.ts';

/** A body that says nothing. */
const nothing = v.pipe(v.strictObject({}));

const all = '/api/v1/domains';
const one = {
  path: '/api/v1/domains/{name}',
  notFound: 'This domain does not exist in this account, or this key may not see it.',
} as const;

/** An account's domains: scope `full`; a key that is bound to one domain may read that one. */
export const routes = {
  list: {
    method: 'GET',
    path: all,
    scope: 'full',
    users: true,
    operation: 'listDomains',
    summary: 'Lists the domains, newest first',
    paged: true,
    answers: { 200: listOf('DomainList', domainSchema) },
  },
  add: {
    method: 'POST',
    path: all,
    scope: 'full',
    users: true,
    liveOnly: true,
    operation: 'addDomain',
    summary: 'Adds a domain and returns its DNS records; 200 if the account already has it',
    body: addDomainSchema,
    answers: { 200: domainSchema, 201: domainSchema },
    refusals: ['Conflict', 'Plan limit reached'],
  },
  one: {
    method: 'GET',
    ...one,
    scope: 'full',
    users: true,
    domainKeys: true,
    operation: 'getDomain',
    summary: 'Shows a domain, its records and the result of the last check',
    answers: { 200: domainSchema },
  },
  remove: {
    method: 'DELETE',
    ...one,
    scope: 'full',
    users: true,
    liveOnly: true,
    operation: 'removeDomain',
    summary: 'Removes a domain; it can no longer send',
    answers: { 204: null },
  },
  verify: {
    method: 'POST',
    ...one,
    path: `${one.path}/verify`,
    scope: 'full',
    users: true,
    liveOnly: true,
    operation: 'verifyDomain',
    summary: 'Checks a domain with SES and DNS now; a failed domain starts over',
    body: nothing,
    bodyOptional: true,
    answers: { 200: domainSchema },
    refusals: ['Conflict', 'Plan limit reached'],
  },
} as const satisfies Routes;
