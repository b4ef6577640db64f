// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how Fn::Sub is written
import { describe, expect, it } from '@jest/globals';
import { NO_VALUE, resolve, type Scope } from '../../../local/template/intrinsics.ts';

const VALUES: Readonly<Record<string, unknown>> = {
  Queue: 'http://queue',
  Region: 'us-east-1',
  'AWS::NoValue': NO_VALUE,
};

const scope: Scope = {
  ref: (name) => {
    if (name in VALUES) return VALUES[name];
    throw new Error(`unforeseen Ref ${name}`);
  },
  attribute: (logicalId, name) => `${logicalId}:${name}`,
  condition: (name) => name === 'Yes',
};

describe('the intrinsic functions', () => {
  it.each([
    [{ Ref: 'Queue' }, 'http://queue'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue:Arn'],
    [{ 'Fn::GetAtt': 'Queue.Nested.Name' }, 'Queue:Nested.Name'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Region' }, 1]] }, 'a-us-east-1-1'],
    [{ 'Fn::Join': [',', { 'Fn::Split': ['|', 'a|b'] }] }, 'a,b'],
    [{ 'Fn::Sub': 'in ${Region}: ${Queue.Arn} ${!literal}' }, 'in us-east-1: Queue:Arn ${literal}'],
    [{ 'Fn::Sub': ['${a} ${Region}', { a: { Ref: 'Queue' } }] }, 'http://queue us-east-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    [{ 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    [{ 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    [{ 'Fn::If': ['No', 'then', { Ref: 'Region' }] }, 'us-east-1'],
    [{ 'Fn::Equals': [{ Ref: 'Region' }, 'us-east-1'] }, true],
    [{ 'Fn::Equals': ['a', 'b'] }, false],
    [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
  ])('evaluates %j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('are evaluated in any position', () => {
    const value = { deep: [{ a: { Ref: 'Region' } }, 1, null, true], plain: 'text' };
    expect(resolve(value, scope)).toEqual({
      deep: [{ a: 'us-east-1' }, 1, null, true],
      plain: 'text',
    });
  });

  it('leave out what has no value', () => {
    const none = { Ref: 'AWS::NoValue' };
    expect(resolve({ a: none, b: ['x', none] }, scope)).toEqual({ b: ['x'] });
    expect(resolve({ a: { 'Fn::If': ['No', 'x', none] } }, scope)).toEqual({});
  });

  it('leave the conditions of a policy as they are', () => {
    const statement = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(resolve(statement, scope)).toEqual(statement);
  });

  it.each([
    [{ 'Fn::ImportValue': 'x' }, 'The template uses Fn::ImportValue, which the local system'],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'Fn::Join in the template needs text and has {"a":1}'],
    [{ 'Fn::Select': [5, ['a']] }, 'Fn::Select has no element 5'],
    [{ 'Fn::Split': 'x' }, 'Fn::Split in the template needs a list and has "x"'],
  ])('refuse %j with a clear sentence', (value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});
