import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { jsonSchemaOf, namedSchemas } from '../../../lambdas/core/openapi/schemas.ts';

describe('the JSON Schema of a valibot schema', () => {
  it('is of the text that arrives, not of what it becomes', () => {
    const schema = v.pipe(v.string(), v.regex(/^[0-9]+$/), v.transform(Number), v.minValue(1));
    expect(jsonSchemaOf(schema)).toEqual({ type: 'string', pattern: '^[0-9]+$' });
  });

  it('contains the metadata beside a rule that is a function', () => {
    const schema = v.pipe(
      v.array(v.string()),
      v.check((words) => new Set(words).size === words.length),
      v.metadata({ uniqueItems: true }),
    );
    const expected = { type: 'array', items: { type: 'string' }, uniqueItems: true };
    expect(jsonSchemaOf(schema)).toEqual(expected);
  });

  it('keeps a Unicode pattern and refuses one with another flag', () => {
    const unicode = v.pipe(v.string(), v.regex(/^\p{L}$/u));
    expect(jsonSchemaOf(unicode)).toEqual({ type: 'string', pattern: '^\\p{L}$' });
    const caseless = v.pipe(v.string(), v.regex(/^x$/i));
    expect(() => jsonSchemaOf(caseless)).toThrow('flags');
  });

  it('cannot be made of what JSON does not have', () => {
    expect(() => jsonSchemaOf(v.date())).toThrow();
    expect(() => jsonSchemaOf(v.custom(() => true))).toThrow();
  });
});

describe('named schemas', () => {
  const word = { type: 'string', title: 'Word' };

  it('appear once, and references replace them elsewhere', () => {
    const { refer, all } = namedSchemas();
    const list = { type: 'object', properties: { data: { items: word } }, title: 'WordList' };
    expect(refer(list)).toEqual({ $ref: '#/components/schemas/WordList' });
    expect(refer({ anyOf: [word, { type: 'null' }] })).toEqual({
      anyOf: [{ $ref: '#/components/schemas/Word' }, { type: 'null' }],
    });
    expect(all).toEqual({
      Word: word,
      WordList: {
        ...list,
        properties: { data: { items: { $ref: '#/components/schemas/Word' } } },
      },
    });
  });

  it('leave a field alone whose name is title', () => {
    const { refer, all } = namedSchemas();
    const book = { type: 'object', properties: { title: { type: 'string' } } };
    expect(refer(book)).toEqual(book);
    expect(all).toEqual({});
  });

  it('have one meaning each', () => {
    const { refer } = namedSchemas();
    refer(word);
    expect(() => refer({ type: 'number', title: 'Word' })).toThrow('the title Word');
  });
});
