import * as v from 'valibot';
import { readAddress } from './recipient.ts';

/** SES's limits of `PutAccountDetails`. */
const LIMITS = {
  url: 1000,
  useCase: 5000,
  contacts: 4,
  contactLeast: 6,
  contactMost: 254,
} as const;

const url = v.pipe(
  v.string('must be a string'),
  v.maxLength(LIMITS.url, `must have at most ${LIMITS.url} characters`),
  v.check((value) => {
    const { protocol } = URL.parse(value) ?? {};
    return protocol === 'https:' || protocol === 'http:';
  }, 'must be the address of a web page, such as https://shop.example'),
);

const contact = v.pipe(
  v.string('must be a string'),
  v.minLength(LIMITS.contactLeast, `must have at least ${LIMITS.contactLeast} characters`),
  v.maxLength(LIMITS.contactMost, `must have at most ${LIMITS.contactMost} characters`),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const read = readAddress(dataset.value);
    if ('problem' in read) addIssue({ message: read.problem });
  }),
);

/** Body of `POST /api/v1/sending/production-access`. */
export const productionAccessSchema = v.pipe(
  v.strictObject({
    mailType: v.picklist(['TRANSACTIONAL', 'MARKETING'], "must be 'TRANSACTIONAL' or 'MARKETING'"),
    websiteUrl: url,
    useCaseDescription: v.pipe(
      v.string('must be a string'),
      v.nonEmpty('must not be empty'),
      v.maxLength(LIMITS.useCase, `must have at most ${LIMITS.useCase} characters`),
    ),
    additionalContactEmails: v.nullish(
      v.pipe(
        v.array(contact),
        v.minLength(1, 'must not be an empty array'),
        v.maxLength(LIMITS.contacts, `must hold at most ${LIMITS.contacts} addresses`),
      ),
    ),
  }),
  v.title('ProductionAccessRequest'),
);
export type ProductionAccessRequest = v.InferOutput<typeof productionAccessSchema>;

/** What became of asking. */
export type Asked =
  | { readonly kind: 'asked' }
  /** An earlier request is still under review. */
  | { readonly kind: 'under review' }
  /** SES does not take what was written, in its own words. */
  | { readonly kind: 'invalid'; readonly message: string };

/** Asks AWS to let the AWS account out of SES's sandbox. */
export type AskForProduction = (request: ProductionAccessRequest) => Promise<Asked>;
