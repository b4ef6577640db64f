import { Logger } from '@aws-lambda-powertools/logger';
import { errorEntry } from './error-entry.ts';

/** One JSON line per request; only the keys that the caller names, never addresses, content or keys. */
export type Log = {
  info(message: string, fields: Record<string, unknown>): void;
  /** With what {@link errorEntry} says of the error. */
  error(message: string, fields: Record<string, unknown>, error: unknown): void;
};

/** The function's log. */
export function createLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    info: (message, fields) => logger.info(message, fields),
    error: (message, fields, error) =>
      logger.error(message, { ...fields, error: errorEntry(error) }),
  };
}
