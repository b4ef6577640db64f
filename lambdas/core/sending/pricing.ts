import type { Pricing } from './gate.ts';

/** What new AWS accounts begin with. */
const NEW_ACCOUNT = 'ESSENTIALS';
/** The price for each feature that is used. */
const PAY_AS_YOU_GO = 'NONE';

const RESET =
  'To pay only for what you use, run "aws sesv2 put-account-pricing-attributes --plan NONE" in the region of this service, or change the pricing plan in the SES console under "Account dashboard".';

/**
 * What a pricing plan costs more than needed and how to change that; null where nothing is to be done. The
 * prices are AWS's of 2026 for a thousand emails, in US dollars.
 */
export function pricingWarning(pricing: Pricing | undefined): string | null {
  if (!pricing || pricing.plan === PAY_AS_YOU_GO || pricing.next === PAY_AS_YOU_GO) return null;
  if (pricing.plan === NEW_ACCOUNT) {
    return `Amazon SES charges this AWS account $0.16 for a thousand emails instead of $0.10, because new accounts start on the pricing plan Essentials. This service uses none of its extras. ${RESET}`;
  }
  return `Amazon SES charges this AWS account by the pricing plan ${pricing.plan}, which costs more than $0.10 for a thousand emails. This service uses none of its extras. ${RESET}`;
}

/** The pricing plan for people; plan and next are SES's words or null. */
export function pricingView(pricing: Pricing | undefined) {
  return {
    plan: pricing?.plan ?? null,
    next: pricing?.next ?? null,
    warning: pricingWarning(pricing),
  };
}
