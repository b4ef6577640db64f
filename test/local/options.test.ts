import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../../local/options.ts';

describe('the options', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toEqual({
      port: 3025,
      dashboardPort: 3026,
      dataDir: '.maillayer',
      ephemeral: false,
      timeScale: 1,
      watch: true,
      help: false,
    });
  });

  it('are read from the command line', () => {
    expect(
      parseOptions([
        ...['--port', '0', '--dashboard-port', '0'],
        ...['--data-dir=/x', '--time-scale', '60', '--help'],
      ]),
    ).toEqual({
      port: 0,
      dashboardPort: 0,
      dataDir: '/x',
      ephemeral: false,
      timeScale: 60,
      watch: true,
      help: true,
    });
    expect(parseOptions(['--no-watch']).watch).toBe(false);
    expect(parseOptions(['--inspect', '--ephemeral']).inspect).toBe(9229);
    expect(parseOptions(['--inspect=9300']).inspect).toBe(9300);
    expect(parseOptions(['--ephemeral']).ephemeral).toBe(true);
  });

  it.each([
    [
      ['--prot', '1'],
      "Unknown option '--prot': the options are --port, --dashboard-port, --data-dir",
    ],
    [['now'], "Unexpected argument 'now'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--port', '99999'], '--port must be a whole number from 0 to 65535, and "99999" is not.'],
    [['--dashboard-port', 'x'], '--dashboard-port must be a whole number from 0 to 65535'],
    [['--port', '1e3'], '--port must be a whole number from 0 to 65535, and "1e3" is not.'],
    [['--time-scale', '0'], '--time-scale must be a whole number from 1 to 3600, and "0" is not.'],
    [['--inspect', 'x'], '--inspect must be a whole number from 0 to 65535, and "x" is not.'],
    [['--data-dir', ' '], '--data-dir needs the path of a directory.'],
    [['--data-dir', 'x', '--ephemeral'], 'Give either --data-dir or --ephemeral'],
  ])('%j are refused with a clear sentence', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
