import { beginning, masked, shortened } from './mask.ts';

/** What the log says of an error. */
export type ErrorEntry = {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** Status and id of the AWS call that failed, to ask AWS about. */
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly cause?: ErrorEntry;
};

type AwsError = Error & {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
};

/** Characters of a message that are kept; those of AWS and of Node are far shorter, unless they quote their input. */
const MESSAGE_LENGTH = 500;
/** Causes of causes that are told. */
const MOST_CAUSES = 3;

/** Characters of a message that are read for what must be masked: a whole request that it quotes would take long. */
const MOST_READ = 4000;

const told = (text: string) => shortened(MESSAGE_LENGTH, masked(beginning(MOST_READ, text)));

/** The places of a stack without the message above them. */
function placesOf({ stack = '', message }: Error): string {
  const after = stack.indexOf(message) + message.length;
  return stack.slice(message === '' ? stack.indexOf('\n') : after).trimStart();
}

/**
 * Name, message, stack and causes of an error, and nothing else that may hang on it: errors of the AWS SDK carry
 * items and answers. Services quote addresses in their messages, so those are masked.
 *
 * @param thrown whatever was thrown
 */
export function errorEntry(thrown: unknown, causes: number = MOST_CAUSES): ErrorEntry {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: told(String(thrown)) };
  const { name, cause, $metadata } = thrown as AwsError;
  const message = told(thrown.message);
  const { httpStatusCode, requestId } = $metadata ?? {};
  return {
    name,
    message,
    stack: `${name}: ${message}\n    ${placesOf(thrown)}`,
    ...(httpStatusCode === undefined ? {} : { httpStatusCode }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(cause === undefined || causes === 0 ? {} : { cause: errorEntry(cause, causes - 1) }),
  };
}

/**
 * An error to throw on in place of another, for whoever writes it somewhere as it is: name, stack and masked message.
 *
 * @param thrown whatever was thrown
 */
export function maskedError(thrown: unknown): Error {
  const { name, message, stack } = errorEntry(thrown, 0);
  const error = new Error(message);
  // Like an error's own, these are not among the keys that are written after the stack.
  Object.defineProperty(error, 'name', { value: name });
  if (stack !== undefined) Object.defineProperty(error, 'stack', { value: stack });
  return error;
}
