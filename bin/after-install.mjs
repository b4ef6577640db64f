/**
 * npm runs this after each change of `node_modules`, on whatever Node the machine has. It takes two things away:
 * what packages demand of the machine's Node, of which npm would warn although the Node that comes with the project runs
 * them (`engines` in the lockfile); and the C headers of that Node, a third of its size, which nothing here compiles against.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);

const file = new URL('package-lock.json', root);
const text = readFileSync(file, 'utf8');
const lock = JSON.parse(text);
for (const [path, entry] of Object.entries(lock.packages)) {
  // The project's own packages say what the machine needs.
  if (path.includes('node_modules/')) delete entry.engines;
}
const stripped = `${JSON.stringify(lock, null, 2)}\n`;
if (stripped !== text) writeFileSync(file, stripped);

const modules = fileURLToPath(new URL('node_modules/', root));
for (const name of readdirSync(modules).filter((each) =>
  /^node-(bin-)?(linux|darwin)-/.test(each),
)) {
  rmSync(`${modules}${name}/include`, { recursive: true, force: true });
}
