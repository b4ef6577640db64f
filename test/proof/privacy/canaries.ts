import { createHash, randomBytes } from 'node:crypto';

/** What a canary stands for. */
export type Kind =
  | 'recipient'
  | 'sender'
  | 'subject'
  | 'html'
  | 'text'
  | 'display name'
  | 'tag'
  | 'API key'
  | 'webhook secret';

/** A text that must turn up nowhere, and the forms in which it could. */
export type Canary = { readonly kind: Kind; readonly needles: readonly string[] };

/** What stands in base64 wherever the bytes begin: the digits that the bytes alone decide. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const sure = text.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + bytes.length) * 8) / 6),
    );
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** The text as it is, escaped for JSON, percent-encoded, in hex and in base64 of any alignment. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const hex = bytes.toString('hex');
  const encoded = encodeURIComponent(text);
  return [
    ...new Set([text, json, ascii, encoded, encoded.toLowerCase(), hex, hex.toUpperCase()]),
    ...base64Forms(bytes),
  ];
}

/** A canary of a text. */
export function canaryOf(kind: Kind, ...texts: readonly string[]): Canary {
  return { kind, needles: [...new Set(texts.flatMap(formsOf))] };
}

/** Letters and digits by chance: 16 of them are in no log by accident. */
export function token(): string {
  return createHash('sha256')
    .update(randomBytes(32))
    .digest('hex')
    .replace(/\d/g, 'k')
    .slice(0, 16);
}

/** The canaries of one mail, and the texts that hold them. */
export type Mail = {
  readonly recipient: string;
  /** In the sender's part before the @. */
  readonly sender: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly name: string;
  readonly tag: string;
  readonly canaries: readonly Canary[];
};

/** Text whose JSON, URL and plain forms differ, between two tokens that are the same in all three. */
function awkward(): { text: string; needles: string[] } {
  const [one, two] = [token(), token()];
  const text = `${one} é"\\ ${two}`;
  return { text, needles: [text, one, two] };
}

/** New canaries of a mail. */
export function mailCanaries(): Mail {
  const [recipient, sender] = [token(), token()];
  const [subject, html, text, name, tag] = [awkward(), awkward(), awkward(), awkward(), awkward()];
  return {
    ...{ recipient, sender, subject: subject.text, text: text.text, tag: tag.text },
    html: `<p>${html.text}</p>`,
    name: `"${name.text.replace(/(["\\])/g, '\\$1')}"`,
    canaries: [
      canaryOf('recipient', recipient),
      canaryOf('sender', sender),
      canaryOf('subject', ...subject.needles),
      canaryOf('html', ...html.needles),
      canaryOf('text', ...text.needles),
      canaryOf('display name', ...name.needles),
      canaryOf('tag', ...tag.needles),
    ],
  };
}

/** The canary of a key: its whole text, and its secret part alone. */
export function keyCanary(key: string): Canary {
  return canaryOf('API key', key, key.slice('ml_live_'.length));
}

/** The canary of a webhook's signing secret: its text, and the bytes that it stands for. */
export function secretCanary(secret: string): Canary {
  const base64 = secret.slice('whsec_'.length);
  const bytes = Buffer.from(base64, 'base64');
  const raw = [bytes.toString('hex'), bytes.toString('latin1'), ...base64Forms(bytes)];
  return { kind: 'webhook secret', needles: [...formsOf(base64), ...raw] };
}

/** The kinds of canaries that a text holds in any form. */
export function found(text: string, canaries: readonly Canary[]): Kind[] {
  const hits = canaries.filter(({ needles }) => needles.some((needle) => text.includes(needle)));
  return [...new Set(hits.map(({ kind }) => kind))];
}
