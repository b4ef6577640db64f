import { describe, expect, it } from '@jest/globals';
import { productionAccessSchema } from '../../../lambdas/core/sending/production-access.ts';
import {
  type Recipient,
  recipientRequestSchema,
  verifyRecipient,
} from '../../../lambdas/core/sending/recipient.ts';
import { toldAbout } from '../http/refused-body.ts';

const REQUEST = {
  mailType: 'TRANSACTIONAL',
  websiteUrl: 'https://shop.example',
  useCaseDescription: 'Receipts for customers of our shop.',
};
const url = (characters: number) => 'https://shop.example/'.padEnd(characters, 'x');
const contact = (characters: number) => `${'a'.repeat(characters - 61)}@${'b'.repeat(52)}.example`;

describe('a request for production access', () => {
  it.each([
    [{}],
    [{ mailType: 'MARKETING' }],
    [{ websiteUrl: 'http://shop.example' }],
    [{ websiteUrl: url(1000) }],
    [{ useCaseDescription: 'x' }],
    [{ useCaseDescription: 'x'.repeat(5000) }],
    [{ additionalContactEmails: null }],
    [{ additionalContactEmails: ['a@b.co'] }],
    [{ additionalContactEmails: Array(4).fill('ada@shop.example') }],
  ])('is taken with %j', (change) => {
    expect(toldAbout(productionAccessSchema, { ...REQUEST, ...change })).toBe('taken');
  });

  it.each([
    [{ mailType: 'BOTH' }, "The 'mailType' field must be 'TRANSACTIONAL' or 'MARKETING'."],
    [{ websiteUrl: 7 }, "The 'websiteUrl' field must be a string."],
    [{ websiteUrl: url(1001) }, "The 'websiteUrl' field must have at most 1000 characters."],
    ...['shop.example', 'ftp://shop.example'].map((websiteUrl) => [
      { websiteUrl },
      "The 'websiteUrl' field must be the address of a web page, such as https://shop.example.",
    ]),
    [{ useCaseDescription: 7 }, "The 'useCaseDescription' field must be a string."],
    [{ useCaseDescription: '' }, "The 'useCaseDescription' field must not be empty."],
    [
      { useCaseDescription: 'x'.repeat(5001) },
      "The 'useCaseDescription' field must have at most 5000 characters.",
    ],
    [
      { additionalContactEmails: [] },
      "The 'additionalContactEmails' field must not be an empty array.",
    ],
    [
      { additionalContactEmails: Array(5).fill('ada@shop.example') },
      "The 'additionalContactEmails' field must hold at most 4 addresses.",
    ],
    [
      { additionalContactEmails: ['ada@shop.example', 7] },
      "The 'additionalContactEmails[1]' field must be a string.",
    ],
    [
      { additionalContactEmails: ['a@b.c'] },
      "The 'additionalContactEmails[0]' field must have at least 6 characters.",
    ],
    [
      { additionalContactEmails: ['shop.example'] },
      "The 'additionalContactEmails[0]' field is not an email address: it has no @.",
    ],
    [
      { additionalContactEmails: ['Ada <ada@shop.example>'] },
      "The 'additionalContactEmails[0]' field must be an address without a name.",
    ],
  ] as [object, string][])('is refused with %j', (change, message) => {
    expect(toldAbout(productionAccessSchema, { ...REQUEST, ...change })).toContain(message);
  });

  it('names a contact that is too long', () => {
    const told = toldAbout(productionAccessSchema, {
      ...REQUEST,
      additionalContactEmails: [contact(255)],
    });
    expect(told).toContain(
      "The 'additionalContactEmails[0]' field must have at most 254 characters.",
    );
  });
});

describe('a recipient to be verified', () => {
  it.each([
    ['ada@shop.example', 'taken'],
    [7, "The 'address' field must be a string."],
    ['shop.example', "The 'address' field is not an email address: it has no @."],
    ['Ada <ada@shop.example>', "The 'address' field must be an address without a name."],
  ])('that is %j', (address, message) => {
    expect(toldAbout(recipientRequestSchema, { address })).toBe(message);
  });

  function ses(...answers: (Recipient | undefined)[]) {
    const calls: string[] = [];
    const identities = {
      find: async () => answers.shift(),
      create: async (address: string) => void calls.push(`create ${address}`),
      remove: async (address: string) => void calls.push(`remove ${address}`),
    };
    return { calls, identities };
  }

  it('is pending while SES does not show the new identity yet', async () => {
    const { calls, identities } = ses(undefined, undefined);
    expect(await verifyRecipient('ada@shop.example', identities)).toBe('pending');
    expect(calls).toEqual(['create ada@shop.example']);
  });

  it('has the state that SES shows after it was created again', async () => {
    const ours = { status: 'failed', isOurs: true } as const;
    const { calls, identities } = ses(ours, ours);
    expect(await verifyRecipient('ada@shop.example', identities)).toBe('failed');
    expect(calls).toEqual(['remove ada@shop.example', 'create ada@shop.example']);
  });
});
