// Plain JavaScript that even an old Node can run: it says what is missing before anything newer is loaded.
const NEEDED = [22, 18]; // Type stripping without a flag: https://nodejs.org/en/blog/release/v22.18.0

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Maillayer needs Node ${NEEDED.join('.')} or newer and this is ${process.versions.node}: ` +
      'install Node 24 from https://nodejs.org, or run "npm ci" without --omit=optional, which brings it along.',
  );
  process.exit(1);
}
