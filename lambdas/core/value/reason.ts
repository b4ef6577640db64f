/** Why something did not happen, or not yet: `code` for programs, `message` for people. */
export type Reason = { readonly code: string; readonly message: string };
