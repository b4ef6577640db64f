/** A quoted local part, in which there may be spaces, without the quote that ends it. */
const QUOTED = /"(?:[^"\\]|\\.)*/.source;
const QUOTED_LOCAL = new RegExp(`${QUOTED}"@`, 'gs');
/** What a cut may have left of an address: its last word, or all of one that is quoted. */
const UNFINISHED = new RegExp(`(?:${QUOTED}(?:"\\S*)?|\\S*)$`, 's');
/** Whatever can come before an @; it also matches without one, so that no character is scanned twice. */
const WORD = /[^\s<>(),;"@]+@?/g;
/** API keys and webhook secrets, wherever they got into. */
const SECRET = /\b(ml_live_|ml_test_|whsec_)[0-9A-Za-z+/=]+/g;

function hiddenWord(word: string): string {
  if (!word.endsWith('@') || word === '…@') return word;
  return `${[...word][0]}…@`;
}

/**
 * The text without what a person could be known by: of each address its first character and its domain
 * stay, `a…@example.com`; of keys and secrets only how they begin.
 */
export function masked(text: string): string {
  return text.replace(QUOTED_LOCAL, '…@').replace(WORD, hiddenWord).replace(SECRET, '$1…');
}

/** At most so many UTF-16 units of a text that is still to be masked: half an address could no more be told from a word. */
export function beginning(most: number, text: string): string {
  return text.length <= most ? text : text.slice(0, most).replace(UNFINISHED, '');
}

/** At most so many characters of a text; one that is masked already, since a cut can hide an @. */
export function shortened(most: number, text: string): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`;
}
