import * as v from 'valibot';
import { CognitoError } from './errors.ts';
import { ofPool, ofUser } from './operation.ts';
import { firstPassword, hashNew } from './passwords.ts';
import { factorsOf } from './second-factor.ts';
import type { Answer } from './tokens.ts';
import { attributesOf, attributesSchema, type User } from './user-pool.ts';

const group = { GroupName: v.string() };

/** The operations by which whoever runs a pool looks after its users. */
export const adminOperations = {
  AdminCreateUser: ofPool(
    {
      Username: v.string(),
      UserAttributes: v.optional(attributesSchema, []),
      TemporaryPassword: v.optional(v.string(), firstPassword),
      MessageAction: v.optional(v.picklist(['RESEND', 'SUPPRESS'])),
    },
    (pool, { Username, UserAttributes, TemporaryPassword: code, MessageAction }, { deliver }) => {
      const passwordHash = hashNew(code, pool.settings);
      const status = 'FORCE_CHANGE_PASSWORD';
      const user =
        MessageAction === 'RESEND'
          ? pool.change(requireInvited(pool.get(Username)), { passwordHash })
          : pool.create(Username, UserAttributes, { passwordHash, status });
      const { email } = user.attributes;
      if (MessageAction !== 'SUPPRESS') deliver({ source: 'AdminCreateUser', email, code });
      return { User: { ...shown(user), Attributes: attributesOf(user) } };
    },
  ),

  AdminGetUser: ofUser({}, (user) => ({
    ...shown(user),
    ...factorsOf(user),
    UserAttributes: attributesOf(user),
  })),

  AdminSetUserPassword: ofUser(
    { Password: v.string(), Permanent: v.optional(v.boolean(), false) },
    (user, { Password, Permanent }, { pool }) => {
      const passwordHash = hashNew(Password, pool.settings);
      const status = Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
      pool.change(user, { passwordHash, status });
    },
  ),

  AdminUpdateUserAttributes: ofUser(
    { UserAttributes: attributesSchema },
    (user, { UserAttributes }, { pool }) => {
      const attributes = { ...user.attributes, ...pool.attributes(UserAttributes) };
      const owner = pool.find(attributes.email) ?? user;
      if (owner.sub !== user.sub) {
        throw new CognitoError('AliasExistsException', 'An account with the email already exists.');
      }
      pool.change(user, { attributes });
    },
  ),

  AdminDeleteUser: ofUser({}, (user, _, { pool }) => {
    pool.delete(user);
  }),

  AdminAddUserToGroup: ofUser(group, (user, { GroupName }, { pool }) => {
    pool.requireGroup(GroupName);
    pool.put({ ...user, groups: [...new Set([...user.groups, GroupName])] });
  }),

  ListUsersInGroup: ofPool(group, (pool, { GroupName }) => {
    pool.requireGroup(GroupName);
    const members = pool.users.filter(({ groups }) => groups.includes(GroupName));
    return { Users: members.map((user) => ({ ...shown(user), Attributes: attributesOf(user) })) };
  }),
};

function requireInvited(user: User): User {
  if (user.status === 'FORCE_CHANGE_PASSWORD') return user;
  throw new CognitoError('UnsupportedUserStateException', 'User is confirmed already.');
}

/** What those who run a pool see of a user, with times in seconds. */
function shown({ sub, status, createdAt, modifiedAt }: User): Answer {
  return {
    Username: sub,
    Enabled: true,
    UserStatus: status,
    UserCreateDate: createdAt / 1000,
    UserLastModifiedDate: modifiedAt / 1000,
  };
}
