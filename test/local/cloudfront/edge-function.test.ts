import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../local/cloudfront/edge-function.ts';

const REQUEST = { method: 'GET', uri: '/a', querystring: {}, headers: { host: { value: 'h' } } };

describe('a function at the edge', () => {
  it('changes the request, and sees who asks for what', async () => {
    const change = compile(`function handler(event) {
      var request = event.request;
      request.uri = request.uri + '/' + request.headers.host.value + '/' + event.viewer.ip;
      return request;
    }`);
    expect(await change(REQUEST, '127.0.0.1')).toEqual({
      request: { ...REQUEST, uri: '/a/h/127.0.0.1' },
    });
  });

  it('may answer without the origin, also later', async () => {
    const redirect = compile(`async function handler(event) {
      return { statusCode: 302, headers: { location: { value: '/elsewhere' } } };
    }`);
    expect(await redirect(REQUEST, '')).toEqual({
      response: { statusCode: 302, headers: { location: { value: '/elsewhere' } }, body: '' },
    });
  });

  it('has nothing of this machine, and no time to lose', async () => {
    const reach = compile('function handler() { return process.env; }');
    await expect(reach(REQUEST, '')).rejects.toThrow('process is not defined');
    const hang = compile('function handler() { for (;;); }');
    await expect(hang(REQUEST, '')).rejects.toThrow('timed out');
    await expect(compile('function handler() {}')(REQUEST, '')).rejects.toThrow();
  });
});
