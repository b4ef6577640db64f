import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoints } from '../../../local/emulators/clients.ts';

/** Services that can be made to fail. */
export type Service = 'dynamodb' | 'ses' | 'sqs' | 's3' | 'kms';
const SERVICES: readonly Service[] = ['dynamodb', 'ses', 'sqs', 's3', 'kms'];

/** An error that a service answers with, to calls whose path fits. */
export type Quoting = {
  readonly status: number;
  readonly error: string;
  readonly message: string;
  readonly path: RegExp;
};

/** How one does: `away` cuts each connection. */
export type Fault = 'away' | Quoting;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Stands in front of the emulators and lets a service fail on demand. */
export async function startFaultProxy() {
  const faults = new Map<Service, Fault>();
  let real: Endpoints | undefined;

  function serve(service: Service): Server {
    return createServer(async (message, reply) => {
      const body = await bodyOf(message);
      const fault = faults.get(service);
      if (fault === 'away') {
        message.socket.destroy();
        return;
      }
      if (fault?.path.test(message.url ?? '')) {
        reply.writeHead(fault.status, {
          'content-type': 'application/x-amz-json-1.0',
          'x-amzn-errortype': fault.error,
        });
        reply.end(JSON.stringify({ __type: fault.error, message: fault.message }));
        return;
      }
      const target = new URL(message.url ?? '/', real?.[service]);
      const headers = { ...message.headers, host: target.host };
      const outgoing = request(target, { method: message.method, headers }, (answer) => {
        reply.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.on('error', () => message.socket.destroy());
        answer.pipe(reply);
      });
      outgoing.on('error', () => message.socket.destroy());
      outgoing.end(body);
    });
  }

  const servers = await Promise.all(
    SERVICES.map(async (service) => {
      const server = serve(service);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return { service, server, url };
    }),
  );
  return {
    endpointsOf(endpoints: Endpoints): Endpoints {
      real = endpoints;
      return {
        ...endpoints,
        ...Object.fromEntries(servers.map(({ service, url }) => [service, url])),
      };
    },
    /** Runs work while a service fails. */
    async during<Result>(
      service: Service,
      fault: Fault,
      work: () => Promise<Result>,
    ): Promise<Result> {
      faults.set(service, fault);
      try {
        return await work();
      } finally {
        faults.delete(service);
      }
    },
    async stop() {
      for (const { server } of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>;
