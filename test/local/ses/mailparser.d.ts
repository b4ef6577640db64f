declare module 'mailparser' {
  type Addresses = { readonly value: readonly { address?: string; name: string }[] };
  export type ParsedMail = {
    readonly from?: Addresses;
    readonly to?: Addresses;
    readonly cc?: Addresses;
    readonly bcc?: Addresses;
    readonly replyTo?: Addresses;
    readonly subject?: string;
    readonly text?: string;
    readonly html: string | false;
    readonly headers: ReadonlyMap<string, unknown>;
    readonly attachments: readonly {
      readonly filename?: string;
      readonly contentType: string;
      readonly cid?: string;
      readonly content: Buffer;
    }[];
  };
  export function simpleParser(
    source: string,
    options?: { readonly skipImageLinks?: boolean },
  ): Promise<ParsedMail>;
}
