import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commands } from '../../lib/cli/commands.ts';
import { runCommand } from '../support/command-line.ts';
import { nothingReached, secret, secretValues, secretVariables } from '../support/secrets.ts';

/** No value of a variable or of a location is ever printed: it could be a secret. */

/** What libraries print past the program. */
let printed = '';
beforeEach(() => {
  printed = '';
  for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => {
      printed += `${inspect(said, { depth: 9 })}\n`;
    });
  }
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => {
    printed += `${inspect(warning, { depth: 9 })}\n`;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const places = ['--site', 's3://city-site', '--state', 's3://city-state'];
const google = ['--source', 'google:1AbCdEfGhIjKlMnOp'];
const calls = [
  ['check', ...google, '--json'],
  ['check', ...google, '--state', 's3://city-state'],
  ['check', ...google, '--reminders'],
  ['build', ...google, '--out', 'x/out', '--json'],
  ['build', '--source', 'none.xlsx', '--out', 'x/out', '--json'],
  ['publish', '--source', 'none.xlsx', '--site', 'x/site', '--state', 'x/state'],
  ['rollback', '000001-00000000', '--site', 'x/site', '--state', 'x/state', '--json'],
  ['verify', '--site', 'x/site', '--state', 'x/state'],
  ['publish', ...google, ...places, '--json'],
  ['publish', '--source', 'lib/sample', ...places, '--json'],
  ['publish', '--source', 'lib/sample', ...places],
  ['preview', ...google, '--out', 'x/preview', '--state', 's3://city-state'],
  ['preview', '--end', '--out', 's3://city-site', '--state', 's3://city-state'],
  ['serve', 'none'],
  ['releases', '--state', 's3://city-state', '--json'],
  ['rollback', '000001-00000000', ...places, '--json'],
  ['rollback', '--unpin', ...places],
  ['verify', ...places, '--json'],
  ['template', '--out', 'none/none/file.xlsx'],
  ['template', '--from', 'google:1AbCdEfGhIjKlMnOp', '--out', 'x/next.xlsx'],
  ['sheet', 'setup', '--spreadsheet', '1AbCdEfGhIjKlMnOp'],
  ['sites', 'list', '--sites', 's3://city-state/sites.json', '--json'],
  ['sites', 'pause', 'kita-shi', '--sites', 's3://city-state/sites.json'],
  ['sheet', 'new-year', '--spreadsheet', '1AbCdEfGhIjKlMnOp'],
  [
    ...['sites', 'remove', 'kita-shi', '--sites', 's3://city-state/sites.json', '--delete'],
    ...['--site', 's3://city-site', '--previews', 's3://city-previews'],
  ],
  ['doctor', '--spreadsheet', '1AbCdEfGhIjKlMnOp', '--json'],
];

test('the table has every command', () => {
  expect(new Set(calls.map(([name]) => name))).toEqual(new Set(commands.map(({ name }) => name)));
});

test.each(secretVariables)(
  'a secret in %s is told by no command that fails',
  { timeout: 120_000 },
  async (variable) => {
    // An answer of S3 is waited for, which takes its time, and has to do with these alone.
    const tried = variable.startsWith('AWS_')
      ? calls
      : calls.filter((call) => !call.some((word) => word.startsWith('s3://city-state')));
    for (const value of secretValues) {
      for (const [name, base] of Object.entries(nothingReached)) vi.stubEnv(name, base);
      vi.stubEnv(variable, value);
      const results = await Promise.all(tried.map((call) => runCommand(call, { env: { [variable]: value } })));
      for (const [index, { status, out, told }] of results.entries()) {
        expect(status, tried[index]?.join(' ')).not.toBe(0);
        expect(`${out}${told}`, `${variable}, ${tried[index]?.join(' ')}`).not.toContain(secret);
      }
      expect(printed, variable).not.toContain(secret);
    }
  },
);

test('a secret in a location is told by no command', async () => {
  const locations = ['source', 'from', 'site', 'state', 'site-url', 'spreadsheet', 'port', 'now', 'format'];
  const tried = commands.flatMap(({ name, options, positionals }) =>
    Object.keys(options)
      .filter((option) => locations.includes(option))
      .flatMap((option) =>
        // A file or a folder can be called anything: of a bare word nobody can tell that it is a secret.
        secretValues
          .filter((value) => value !== secret && !value.startsWith('arn:'))
          .flatMap((value) => {
            const others = Object.entries(options).filter(
              ([other, { required }]) => required === true && other !== option,
            );
            const words = positionals.map(() => (name === 'sheet' ? 'setup' : '000001-00000000'));
            const call = [name, ...words, `--${option}=${value}`, ...others.map(([other]) => `--${other}=x/${other}`)];
            return 'json' in options ? [call, [...call, '--json']] : [call];
          }),
      ),
  );
  expect(tried.length).toBeGreaterThan(100);
  for (const call of tried) {
    const { out, told } = await runCommand(call);
    expect(`${out}${told}${printed}`, call.join(' ')).not.toContain(secret);
  }
});
