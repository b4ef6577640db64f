import createClient from 'openapi-fetch';
import { ApiError } from './errors.ts';
import { retryingFetch } from './retrying-fetch.ts';
import type { components, operations, paths } from './schema.d.ts';

/** The public API, typed by its own description: `unwrap(api.GET('/api/v1/account'))`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: retryingFetch });

/** The shapes that the API's description names: `Schema<'Domain'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

type Answers = operations[keyof operations]['responses'];
type StatusOf<Answer> = Answer extends unknown ? keyof Answer : never;

/** The statuses of the API's errors; 405 belongs to no route. */
export type ErrorStatus = Exclude<StatusOf<Answers>, 200 | 201 | 202 | 204> | 405;

type Outcome<Data> = { data?: Data; error?: unknown; response: Response };

function apiError({ error, response }: Outcome<unknown>): ApiError {
  const body = typeof error === 'object' && error !== null ? error : {};
  const message =
    'message' in body && typeof body.message === 'string'
      ? body.message
      : `The service returned an error (${response.status}). Try again in a moment.`;
  return new ApiError(response.status, message);
}

/** The data of a success; anything else is thrown as {@link ApiError} or ConnectionError. */
export async function unwrap<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const outcome = await call;
  if (!outcome.response.ok) throw apiError(outcome);
  return outcome.data as Data;
}
