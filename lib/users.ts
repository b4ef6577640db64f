import { type CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Env as InviteOperatorEnv } from '../lambdas/invite-operator/env.ts';
import type { Configuration } from './configuration.ts';
import { ServiceFunction } from './service-function.ts';

/** Its members are operators; core/net/token-verifier.ts reads it from tokens. */
const OPERATORS = 'operators';

// Cognito sends it as HTML. No address of the dashboard here: it is known only after all that the pool is part of.
// Cognito demands the user's name, which may be an id that nobody signs in with.
const INVITATION = [
  'You are invited to Maillayer.',
  'Sign in with the address that this email came to, and with this first password:',
  '<code>{####}</code>',
  'You choose your own password then. The person who invited you knows the address of the dashboard: the deployment printed it as DashboardUrl.',
  'Your user in Amazon Cognito is {username}.',
]
  .map((paragraph) => `<p>${paragraph}</p>`)
  .join('');

/** The people who sign in to the dashboard. Their pool outlives the stack. */
export class Users extends Construct {
  readonly poolId: string;
  readonly clientId: string;
  /** Whether anybody may sign up. */
  readonly mayStrangersSignUp: boolean;
  /** What became of the operator's invitation; undefined where the deployment names nobody. */
  readonly invitation: string | undefined;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.mayStrangersSignUp = configuration.selfSignUp;
    const pool = this.pool(configuration);
    this.poolId = pool.userPoolId;
    this.clientId = this.client(pool).userPoolClientId;
    const operators = new CfnUserPoolGroup(this, 'Operators', {
      userPoolId: pool.userPoolId,
      groupName: OPERATORS,
      description: 'Operators of this service',
    });
    const { adminEmail } = configuration;
    if (adminEmail !== undefined) {
      const invitation = this.invite(pool, adminEmail);
      invitation.node.addDependency(operators);
      this.invitation = invitation.getAttString('Invitation');
    }
  }

  /** Lets `fn` tell who a token belongs to: the pool's keys are public, so that no permission is needed. */
  grantVerify(fn: ServiceFunction<{ USER_POOL_ID: string; USER_POOL_CLIENT_ID: string }>): void {
    fn.setVariable('USER_POOL_ID', this.poolId);
    fn.setVariable('USER_POOL_CLIENT_ID', this.clientId);
  }

  private pool({ selfSignUp }: Configuration): UserPool {
    return new UserPool(this, 'Pool', {
      selfSignUpEnabled: selfSignUp,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // A new address counts, and is signed in with, once it is verified.
      keepOriginal: { email: true },
      // NIST SP 800-63B: length, and no rules about kinds of characters.
      passwordPolicy: {
        minLength: 12,
        requireDigits: false,
        requireLowercase: false,
        requireSymbols: false,
        requireUppercase: false,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userInvitation: { emailSubject: 'Your invitation to Maillayer', emailBody: INVITATION },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** What the dashboard signs in with. */
  private client(pool: UserPool): UserPoolClient {
    return pool.addClient('Dashboard', {
      authFlows: { userSrp: true },
      generateSecret: false,
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(10),
      idTokenValidity: Duration.minutes(10),
      refreshTokenValidity: Duration.days(7),
      // Rotation takes the place of the plain refresh flow. Two windows may refresh at the same moment.
      refreshTokenRotationGracePeriod: Duration.seconds(60),
    });
  }

  private invite(pool: UserPool, email: string): CustomResource {
    const fn = new ServiceFunction<InviteOperatorEnv>(this, 'invite-operator', {
      timeout: Duration.seconds(30),
      environment: { OPERATORS_GROUP: OPERATORS },
    });
    fn.setVariable('USER_POOL_ID', pool.userPoolId);
    fn.allow(
      ['cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminCreateUser'],
      [pool.userPoolArn],
    );
    return fn.deploys('Custom::OperatorInvitation', { Email: email });
  }
}
