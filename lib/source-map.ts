import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** Whether a source belongs to this project, and not to a package. */
const isOwn = (source: string): boolean => !source.includes('/node_modules/');

/** A list that keeps what is asked for: the new index of each old one. */
function picker(list: readonly string[]) {
  const picked = new Map<string, number>();
  const indexOf = (index: number): number => {
    const value = list[index] ?? '';
    if (!picked.has(value)) picked.set(value, picked.size);
    return picked.get(value) ?? 0;
  };
  return { indexOf, picked: () => [...picked.keys()] };
}

/**
 * A source map without what leads into packages. Theirs is most of a bundle's, and a function reads its whole map at each
 * cold start; a line of a package shows its place in the bundle instead.
 *
 * @param text JSON of the whole map
 */
export function ownSourceMap(text: string): string {
  const map = JSON.parse(text) as SourceMap;
  const own = map.sources.map(isOwn);
  const sources = picker(map.sources);
  const names = picker(map.names);
  // A place without an entry counts to the one before it: where our code ends, one entry leads nowhere.
  let isInOwn = false;
  const keep = ([column, source, line, from, name]: SourceMapSegment): SourceMapSegment[] => {
    if (source === undefined || line === undefined || from === undefined || !own[source]) {
      const ends = isInOwn;
      isInOwn = false;
      return ends ? [[column]] : [];
    }
    isInOwn = true;
    const place = [column, sources.indexOf(source), line, from] as const;
    return [name === undefined ? [...place] : [...place, names.indexOf(name)]];
  };
  const mappings = encode(decode(map.mappings).map((line) => line.flatMap(keep)));
  return JSON.stringify({
    version: 3,
    sources: sources.picked(),
    names: names.picked(),
    mappings,
  });
}
