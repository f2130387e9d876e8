import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * Which room may import which. An arrow that is not in this table is refused, however deep the file stands and however many
 * `../` lead to it; so is a room that the table does not name. A room may always import from itself.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'failure.ts': [],
  'system-error.ts': [],
  // The one file outside of lib that is read into the program: package.json.
  'version.ts': ['..'],
  text: [],
  findings: ['text'],
  workbook: ['text', 'findings'],
  goals: ['text', 'findings', 'workbook'],
  pages: ['text', 'findings', 'workbook', 'goals', 'version.ts'],
  stores: ['text', 'failure.ts', 'system-error.ts'],
  release: ['goals', 'pages', 'stores', 'failure.ts', 'system-error.ts'],
  staff: ['text', 'findings', 'workbook', 'goals', 'stores', 'release', 'failure.ts'],
  portraits: ['goals', 'pages', 'sources', 'system-error.ts'],
  lettering: ['goals', 'pages', 'failure.ts', 'system-error.ts'],
  documents: ['text', 'findings', 'goals', 'pages', 'failure.ts', 'system-error.ts'],
  sources: ['text', 'workbook', 'goals', 'staff', 'failure.ts', 'system-error.ts'],
  doctor: ['text', 'workbook', 'staff', 'sources', 'stores', 'failure.ts'],
  'inspect.ts': ['text', 'findings', 'workbook', 'goals'],
  'inspect-pictures.ts': ['goals', 'pages', 'portraits', 'sources', 'inspect.ts'],
  'site-files.ts': ['findings', 'goals', 'pages', 'lettering', 'documents', 'release', 'failure.ts'],
  'preview.ts': ['text', 'findings', 'goals', 'pages', 'stores', 'release', 'staff', 'inspect.ts'],
  'publish.ts': [
    'text',
    'findings',
    'goals',
    'documents',
    'portraits',
    'sources',
    'stores',
    'release',
    'staff',
    'inspect.ts',
    'inspect-pictures.ts',
    'site-files.ts',
    'preview.ts',
    'failure.ts',
  ],
  'poll.ts': ['sources', 'stores', 'release', 'staff', 'inspect.ts', 'preview.ts', 'publish.ts', 'failure.ts'],
  fleet: [
    'text',
    'pages',
    'sources',
    'staff',
    'stores',
    'release',
    'preview.ts',
    'publish.ts',
    'poll.ts',
    'failure.ts',
  ],
  cli: [
    'doctor',
    'documents',
    'fleet',
    'text',
    'findings',
    'goals',
    'pages',
    'staff',
    'sources',
    'stores',
    'release',
    'inspect.ts',
    'inspect-pictures.ts',
    'preview.ts',
    'publish.ts',
    'version.ts',
    'failure.ts',
    'system-error.ts',
  ],
};

/** Rooms that compute and nothing else: no file, no network, no clock of the machine. */
const pure = ['text', 'findings', 'workbook', 'goals', 'pages'];
const purePackages = ['node:crypto', 'node:util', 'zod', 'hono/html', 'hono/utils/html', 'fast-png', 'fflate', 'diff'];

const root = path.join(import.meta.dirname, '..');
const lib = path.join(root, 'lib');

const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(path.sep).join('/'));

const roomOf = (file: string): string => file.split('/')[0] ?? file;

/** What makes committed files, run by `npm run assets`: no part of the program. */
const isBuildStep = (file: string): boolean => file.startsWith('pages/browser/');

function importsOf(file: string): string[] {
  const source = readFileSync(path.join(lib, file), 'utf8');
  return [
    ...source.matchAll(
      /^\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gmu,
    ),
  ].map(([, from, lazy, bare]) => from ?? lazy ?? bare ?? '');
}

test('every import follows an arrow of the table', () => {
  const broken = files.flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      if (!specifier.startsWith('.')) return [];
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
      const from = roomOf(file);
      const to = roomOf(target);
      return to !== from && !(mayImport[from] ?? []).includes(to) ? [`lib/${file} imports ${target}`] : [];
    }),
  );
  expect(broken).toEqual([]);
});

test('the table has no circle', () => {
  const visiting = new Set<string>();
  const visit = (room: string, trail: readonly string[]): void => {
    if (trail.includes(room)) throw new Error(`a circle: ${[...trail, room].join(' → ')}`);
    if (visiting.has(room)) return;
    for (const next of mayImport[room] ?? []) visit(next, [...trail, room]);
    visiting.add(room);
  };
  for (const room of Object.keys(mayImport)) visit(room, []);
  expect([...new Set(files.map(roomOf))].filter((room) => mayImport[room] === undefined)).toEqual([]);
});

test('the pure rooms import no part of Node and no package but those that compute', () => {
  const impure = files
    .filter((file) => pure.includes(roomOf(file)) && !isBuildStep(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !specifier.startsWith('.') && !purePackages.includes(specifier))
        .map((specifier) => `lib/${file} imports ${specifier}`),
    );
  expect(impure).toEqual([]);
});

test('every room says at its head what it knows, what it may import, and where to begin', () => {
  const heads = new Map(
    files.flatMap((file) => {
      const text = readFileSync(path.join(lib, file), 'utf8').replaceAll(/\s+\* /gu, ' ');
      const [, room, rooms = ''] = /The room `(\w+)` knows .+? It may import (.+?)\. Begin /u.exec(text) ?? [];
      return room === undefined ? [] : [[room, [...rooms.matchAll(/`(\w+)`/gu)].map(([, name = '']) => name)] as const];
    }),
  );
  const isRoom = (name: string): boolean => /^\w+$/u.test(name);
  const asTheTable = Object.entries(mayImport)
    .filter(([room]) => isRoom(room))
    .map(([room, rooms]) => [room, new Set(rooms.filter(isRoom))] as const);
  expect(new Map([...heads].map(([room, rooms]) => [room, new Set(rooms)]))).toEqual(new Map(asTheTable));
});
