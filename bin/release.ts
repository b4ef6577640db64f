/**
 * `npm version` runs this: it moves what is under "Unreleased" in the changelog to a section of the new version, with the
 * day of the release.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADING = '## Unreleased\n';

const file = join(process.cwd(), 'CHANGELOG.md');
const text = readFileSync(file, 'utf8');
const version = process.env.npm_package_version;
const [, changes = ''] = text.split(HEADING);
const isEmpty = changes.trimStart().startsWith('## ') || changes.trim() === '';

if (version === undefined) {
  console.error('Run "npm version major", "minor" or "patch": npm sets the version.');
  process.exitCode = 1;
} else if (isEmpty) {
  console.error(
    'CHANGELOG.md has nothing under "Unreleased": write what has changed, then release.',
  );
  process.exitCode = 1;
} else {
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(file, text.replace(HEADING, `${HEADING}\n## ${version} (${day})\n`));
}
