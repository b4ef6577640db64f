import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How S3 answers a stranger who asks for the bootstrap's bucket. */
export type BucketAnswer = 'NoSuchBucket' | 'AccessDenied' | 'SlowDown';

export const ACCOUNT = '123456789012';

const STATUS = { NoSuchBucket: 404, AccessDenied: 403, SlowDown: 503 };
const error = (code: string) =>
  `<Error><Code>${code}</Code><Message>Stack with id CDKToolkit does not exist</Message></Error>`;
const IDENTITY = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/owner</Arn><UserId>owner</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** As much of AWS as a `cdk` command meets before it changes anything. It notes what it is asked. */
export async function startFakeAws(bucket: BucketAnswer) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const action = new URLSearchParams(await text(request)).get('Action');
    asked.push(action ?? `${request.method} ${request.url?.split('?')[0]}`);
    response.setHeader('content-type', 'text/xml');
    if (action === 'GetCallerIdentity') {
      response.end(IDENTITY);
    } else if (action === null && request.url?.startsWith('/cdk-hnb659fds-assets-')) {
      response.writeHead(STATUS[bucket]).end(error(bucket));
    } else {
      response.writeHead(400).end(`<ErrorResponse>${error('ValidationError')}</ErrorResponse>`);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
