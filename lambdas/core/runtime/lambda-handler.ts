import { maskedError } from '../log/error-entry.ts';
import { withDeadline } from './deadline.ts';

type Invocation = { getRemainingTimeInMillis(): number };

/**
 * What Lambda calls, around every function: its AWS calls end before it does, and what it throws goes on masked,
 * because Lambda writes that into the log as it is.
 */
export function lambdaHandler<Event, Context extends Invocation, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
): (event: Event, context: Context) => Promise<Result> {
  return async (event, context) => {
    try {
      return await withDeadline(context.getRemainingTimeInMillis(), () => handler(event, context));
    } catch (error) {
      throw maskedError(error);
    }
  };
}
