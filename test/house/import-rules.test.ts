import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { IMPORT_TABLE } from './import-table.ts';
import { lintPlanted } from './planted.ts';

const RULE = 'style/noRestrictedImports';

const complaints = lintPlanted(
  new Map(
    IMPORT_TABLE.map(({ file, may, never }) => [
      file,
      [...may, ...never].map((from) => `import '${from}';\n`).join(''),
    ]),
  ),
);

describe('an import across folders', () => {
  for (const { file, may, never } of IMPORT_TABLE) {
    it(`is allowed to ${file} where the architecture has it`, () => {
      const refused = may.filter((_, index) => complaints.has(`${file}:${index + 1} ${RULE}`));
      expect(refused).toEqual([]);
    });

    it(`is an error in ${file} where the architecture forbids it`, () => {
      const passed = never.filter(
        (_, index) => !complaints.has(`${file}:${may.length + index + 1} ${RULE}`),
      );
      expect(passed).toEqual([]);
    });
  }

  it('is ruled for every folder of the core', () => {
    const ruled = IMPORT_TABLE.map(({ file }) => /^lambdas\/core\/([^/]+)\//.exec(file)?.[1]);
    const folders = readdirSync('lambdas/core');
    expect(folders.filter((folder) => !ruled.includes(folder))).toEqual([]);
  });
});
