import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { siteBucket } from '../../lambdas/core/aws/site-bucket.ts';
import type { SiteFile } from '../../lambdas/core/deployment/site.ts';
import { answerDeployment } from '../../lambdas/core/net/answer-deployment.ts';
import { createHandler } from '../../lambdas/publish-dashboard/handler.ts';
import { startMessagingEmulator } from '../contracts/messaging-fixture.ts';
import { keptLog, startAnswers } from '../core/deployment/answers.ts';

const BUCKET = 'site';
const DAY = 24 * 60 * 60 * 1000;

let emulator: Awaited<ReturnType<typeof startMessagingEmulator>>;
let cloudFormation: Awaited<ReturnType<typeof startAnswers>>;
let s3: S3Client;
beforeAll(async () => {
  [emulator, cloudFormation] = await Promise.all([startMessagingEmulator(), startAnswers()]);
  s3 = new S3Client();
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(async () => {
  s3.destroy();
  await Promise.all([emulator.stop(), cloudFormation.stop()]);
});

const file = (name: string, text = name): SiteFile => ({ name, bytes: Buffer.from(text) });
const CONFIG = { userPoolId: 'us-east-1_Pool' };

async function deploy(type: 'Create' | 'Update' | 'Delete', files: SiteFile[], now = Date.now()) {
  const handler = createHandler({
    log: keptLog(),
    answer: answerDeployment,
    files: () => files,
    bucket: siteBucket(BUCKET),
    now: () => now,
  });
  await handler(cloudFormation.event(type, { Config: JSON.stringify(CONFIG) }));
  return cloudFormation.answers.at(-1);
}

const names = async () => (await siteBucket(BUCKET).list()).map(({ name }) => name).sort();

async function read(name: string) {
  const found = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: name }));
  return {
    text: await found.Body?.transformToString(),
    type: found.ContentType,
    cache: found.CacheControl,
  };
}

describe('publish-dashboard', () => {
  it('puts each file with its type and with how long it may be kept', async () => {
    const files = [file('index.html'), file('assets/app-1.js'), file('favicon.svg')];

    expect(await deploy('Create', files)).toMatchObject({ Status: 'SUCCESS' });

    expect(await read('index.html')).toEqual({
      text: 'index.html',
      type: 'text/html; charset=utf-8',
      cache: 'no-cache',
    });
    expect(await read('assets/app-1.js')).toMatchObject({
      type: 'text/javascript; charset=utf-8',
      cache: 'public, max-age=31536000, immutable',
    });
    expect(await read('config.json')).toEqual({
      text: JSON.stringify(CONFIG),
      type: 'application/json; charset=utf-8',
      cache: 'no-cache',
    });
  });

  it('keeps the files of an earlier build for a week, for pages that are open still', async () => {
    const next = [file('index.html', 'next'), file('assets/app-2.js')];

    await deploy('Update', next);
    expect(await names()).toEqual([
      'assets/app-1.js',
      'assets/app-2.js',
      'config.json',
      'favicon.svg',
      'index.html',
    ]);

    await deploy('Update', next, Date.now() + 8 * DAY);
    expect(await names()).toEqual(['assets/app-2.js', 'config.json', 'index.html']);
    expect(await read('index.html')).toMatchObject({ text: 'next' });
  });

  it('fails with the name of a file whose type it does not know, and puts nothing', async () => {
    const answer = await deploy('Update', [file('assets/app-3.js'), file('film.mov')]);

    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer?.Reason).toContain('film.mov');
    expect(await names()).not.toContain('assets/app-3.js');
  });

  it('empties the bucket when the stack goes, however many files there are', async () => {
    const more = Array.from({ length: 1005 }, (_, i) => `assets/more-${i}.js`);
    for (let i = 0; i < more.length; i += 50) {
      await Promise.all(
        more
          .slice(i, i + 50)
          .map((Key) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'x' }))),
      );
    }

    expect(await deploy('Delete', [])).toMatchObject({ Status: 'SUCCESS' });

    expect(await names()).toEqual([]);
    await s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
  });
});
