/** The least number of characters of a password: what the template's user pool asks for (lib/users.ts). */
export const LEAST_PASSWORD_LENGTH = 12;
