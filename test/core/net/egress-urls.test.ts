import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Connect } from '../../../lambdas/core/net/connector.ts';
import { openConnection } from '../../../lambdas/core/net/connector.ts';
import { egressWith, listen, notFound, pinnedIn } from './fakes.ts';
import { GOOD } from './good-urls.ts';
import { ILL_ADDRESSED } from './hostile-literals.ts';
import { ILL_NAMED, ILL_RESOLVED, ILL_SHAPED } from './hostile-urls.ts';

const UNRESOLVED = [...ILL_SHAPED, ...ILL_NAMED, ...ILL_ADDRESSED];

/** Ends every connection before it begins, and notes where it was to go. */
function refuseAll() {
  const asked: unknown[] = [];
  const connect: Connect = (options, secure) => {
    asked.push([options.port, ...pinnedIn(options)]);
    const socket = openConnection(
      { ...options, lookup: (_n, _o, done) => done(noRoute, []) },
      secure,
    );
    return socket;
  };
  return { asked, connect };
}
const noRoute = Object.assign(new Error('No test connects anywhere.'), { code: 'ENETUNREACH' });

describe('hostile URLs', () => {
  it('are at least 150, no two alike', () => {
    const all = [...UNRESOLVED, ...ILL_RESOLVED.map(([name]) => `https://${name}/`)];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(150);
  });

  it.each(UNRESOLVED)('%j is refused at create and at dispatch, without a look-up', async (url) => {
    const egress = egressWith();
    expect(await egress.objectionTo(url)).toMatch(/^must .*[^.]$/s);
    const result = await egress.post(url, {}, '{}');
    expect(result).toMatchObject({ status: null, answer: null, timedOut: false });
    expect(result.error).toMatch(/^The (URL must|address) .*\.$/s);
  });

  it.each(ILL_RESOLVED)('%s is refused for leading to %j', async (name, answers) => {
    const egress = egressWith({ resolve: async () => [...answers] });
    expect(await egress.objectionTo(`https://${name}/`)).toMatch(
      /^must lead to a public address; /,
    );
    const result = await egress.post(`https://${name}/`, {}, '{}');
    expect(result.error).toMatch(/^The address \S* ?is not public\.$/);
    expect(result.status).toBeNull();
  });

  it('reach no listener on this machine, in any spelling', async () => {
    const listener = await listen(createServer());
    const ports = [listener.port];
    const egress = egressWith({
      ports,
      connect: openConnection,
      resolve: async () => ['127.0.0.1'],
    });
    const hosts = ['127.0.0.1', '127.1', '0x7f.1', '2130706433', '0177.0.0.1', '0', '0.0.0.0'];
    const others = ['１２７.０.０.１', '[::ffff:127.0.0.1]', 'localhost', 'rebound.evil.com'];
    for (const host of [...hosts, ...others]) {
      const result = await egress.post(`https://${host}:${listener.port}/`, {}, '{}');
      expect(result.error).toMatch(/is not public|must name a host/);
    }
    expect(listener.connections()).toBe(0);
    await listener.close();
  });
});

describe('good URLs', () => {
  it('are at least 40', () => {
    expect(new Set(GOOD.map(([url]) => url)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(GOOD)('%s is taken, and exactly its addresses are tried', async (url, answers) => {
    const { asked, connect } = refuseAll();
    const names: string[] = [];
    const resolve = async (name: string) => {
      names.push(name);
      return [...answers];
    };
    const egress = egressWith({ ports: [443, 8443], resolve, connect });
    expect(await egress.objectionTo(url)).toBeUndefined();
    const result = await egress.post(url, {}, '{}');
    expect(result.error).toBe('The server could not be reached.');
    const host = new URL(url).hostname;
    const isLiteral = answers.length === 0;
    const port = Number(new URL(url).port || 443);
    expect(asked).toEqual([[port, ...(isLiteral ? [host.replace(/[[\]]/g, '')] : answers)]]);
    expect(names).toEqual(isLiteral ? [] : [host, host]);
  });

  it('without an address just now are taken at create, and fail at dispatch', async () => {
    for (const resolve of [notFound, async () => []]) {
      const egress = egressWith({ resolve });
      expect(await egress.objectionTo('https://soon.acme.com/')).toBeUndefined();
      const result = await egress.post('https://soon.acme.com/', {}, '{}');
      expect(result.error).toBe('The host name could not be resolved.');
    }
  });

  it('whose look-up hangs are taken at create, and time out at dispatch', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    const egress = egressWith({ resolve, deadlineMs: 30 });
    expect(await egress.objectionTo('https://slow.acme.com/')).toBeUndefined();
    const result = await egress.post('https://slow.acme.com/', {}, '{}');
    expect(result).toMatchObject({
      timedOut: true,
      error: 'The server did not answer within 0.03 seconds.',
    });
  });
});

describe('what people read', () => {
  it.each([
    ['http://hooks.acme.com/', 'must begin with https://'],
    ['https://hooks.acme.com:22/', 'must use port 443 or 8443'],
    ['https://api.maillayer.dev/', 'must not point to this API'],
    ['https://10.0.0.1/', 'must lead to a public address; 10.0.0.1 is not one'],
    ['https://hooks/', "must name a host with its full domain name; 'hooks' has only one part"],
    ['https://a.internal/', "must name a host on the internet; names in 'internal' are reserved"],
    ['hooks', 'must be a URL such as https://www.acme.com/webhooks'],
    [
      'https://a@acme.com',
      'must not contain a user name or password; every webhook is signed instead',
    ],
  ])('%s %s', async (url, objection) => {
    expect(await egressWith({ ports: [443, 8443] }).objectionTo(url)).toBe(objection);
  });

  it('an error that is no answer about the name is thrown on', async () => {
    const broken = egressWith({ resolve: async () => Promise.reject(new Error('Broken.')) });
    await expect(broken.objectionTo('https://hooks.acme.com/')).rejects.toThrow('Broken.');
    await expect(broken.post('https://hooks.acme.com/', {}, '')).rejects.toThrow('Broken.');
  });
});
