/**
 * Usage: node dashboard/dev.ts BASE NONCE
 *
 * Serves the page from its sources below the path BASE, on a free port of this machine, and prints its address:
 * `{"url":"http://127.0.0.1:4000"}`. The page's policy allows the scripts that carry NONCE. It ends with its standard input.
 */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

const here = import.meta.dirname;

async function serve(base: string, nonce: string): Promise<void> {
  const server = await createServer({
    configFile: join(here, 'vite.config.ts'),
    // A component that changes keeps its state.
    plugins: [react()],
    base,
    cacheDir: join(here, '../dist/vite'),
    logLevel: 'error',
    html: { cspNonce: nonce },
    server: { host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('Vite has no port.');
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`);
}

process.stdin.on('end', () => process.exit()).resume();
const [base = '/', nonce = ''] = process.argv.slice(2);
await serve(base, nonce);
