import { notAuthorized } from './errors.ts';
import type { Answer, Parts, Pool, Request, User } from './parts.ts';
import { attributeOf } from './users.ts';

/** The operations for who forgot a password or signs out everywhere, as far as cognito-local's differ from Cognito's. */
export function recoveryOperations(parts: Parts) {
  const { context, pools } = parts;
  return {
    async ForgotPassword(request: Request): Promise<Answer> {
      const clientId = String(request.ClientId);
      const pool = await pools.getUserPoolForClientId(context, clientId);
      const client = await pools.getAppClient(context, clientId);
      const user = await pool.getUserByUsername(context, String(request.Username));
      // Nobody is told whether there is such a user: the same answer, and no mail.
      const hidden = client?.PreventUserExistenceErrors === 'ENABLED' && user === null;
      if (user?.UserStatus === 'FORCE_CHANGE_PASSWORD') {
        throw notAuthorized('User password cannot be reset in the current state.');
      }
      if (!hidden) await parts.operation('ForgotPassword')(context, request);
      const Destination = masked((user && attributeOf('email', user)) ?? String(request.Username));
      const CodeDeliveryDetails = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination };
      return { CodeDeliveryDetails };
    },

    async GlobalSignOut(_request: Request, user: User, pool: Pool): Promise<Answer> {
      await pool.saveUser(context, { ...user, RefreshTokens: [] });
      return {};
    },
  };
}

/** `a***@m***`, as Cognito shows where it sent a code. */
function masked(email: string): string {
  return email.replace(/([^@])[^@]*/g, '$1***');
}
