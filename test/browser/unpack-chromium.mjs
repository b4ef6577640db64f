/** Unpacks the packaged browser into this process's `TMPDIR`: `node unpack-chromium.mjs <folder of its archives>`. */
import { join } from 'node:path';
import packaged, { inflate } from '@sparticuz/chromium';

await packaged.executablePath();
await inflate(join(process.argv[2], 'al2023.tar.br'));
