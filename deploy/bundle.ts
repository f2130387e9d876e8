import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { type ZipOptions, type Zippable, zipSync } from 'fflate';
import { unbundledPackages } from '../tools/unbundled-packages.ts';

/**
 * Makes the zip of each function, as `serverless.yml` names them: `.build/NAME.zip`, and what is in it as `.build/NAME/`.
 *
 * Parts that are imported when they are needed stay files of their own, so that a start loads no more than it runs. The same
 * source gives the same bytes: a deployment that changes nothing changes no function.
 */

const root = path.join(import.meta.dirname, '..');
const defaultTarget = path.join(root, '.build');

/** Those of serverless.yml, which deploys one city. */
export const functionNames = ['poll', 'publish'] as const;
/** Those of serverless-sites.yml, which deploys many. */
export const fleetFunctionNames = ['watch-sites', 'work-site', 'report-sites', 'not-found'] as const;
export type FunctionName = (typeof functionNames)[number] | (typeof fleetFunctionNames)[number];

/** What decodes and draws pictures and sets documents on the machines of Lambda, whatever machine this is: see docs/decisions/0177-pictures-in-lambda.md. */
const picturesFolder = path.join(root, 'deploy/pictures');

type DeflateLevel = NonNullable<ZipOptions['level']>;

/** Before 1980 a zip knows no time. */
const noTime = new Date('1980-01-01T00:00:00');

/**
 * @param target where to put the zip, and what is in it
 * @returns what esbuild says of the sizes of the parts
 */
export async function bundle(name: FunctionName, target: string = defaultTarget): Promise<Metafile> {
  const folder = path.join(target, name);
  await rm(folder, { recursive: true, force: true });
  const { metafile, outputFiles } = await build({
    entryPoints: [{ in: path.join(root, 'functions', `${name}.ts`), out: `functions/${name}` }],
    outdir: folder,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The modules of the AWS SDK rather than its CommonJS: smaller, and importable part by part.
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[hash]',
    minify: true,
    // Names of errors are read by people, and by the alarms' runbook.
    keepNames: true,
    legalComments: 'none',
    // Of CommonJS packages, which ask for Node's own modules in their way.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    write: false,
    metafile: true,
    // They go as they are into what publishes.
    external: unbundledPackages,
    logLevel: 'warning',
  });
  const bundled = outputFiles.map(({ path: file, contents }) => ({ file, contents }));
  const isPublishing = name === 'publish' || name === 'work-site';
  const unbundled = isPublishing ? [...(await nativePackages(folder)), ...(await documentFonts(folder))] : [];
  const files = [...bundled, ...unbundled]
    .map(({ file, contents }) => ({ key: path.relative(folder, file).split(path.sep).join('/'), file, contents }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  for (const { file, contents } of files) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
  // 70 MB of native parts take three times as long at the highest level, and get 1 % smaller.
  const levelOf = (key: string): DeflateLevel => (key.startsWith('node_modules/') ? 6 : 9);
  const entries: Zippable = Object.fromEntries(
    files.map(({ key, contents }) => [key, [contents, { level: levelOf(key) }] as const]),
  );
  await writeFile(path.join(target, `${name}.zip`), zipSync(entries, { mtime: noTime }));
  return metafile;
}

/** The packages that decode and draw pictures and set documents, as `npm run bundle` installs them; nothing where it has not been run. */
async function nativePackages(folder: string): Promise<{ readonly file: string; readonly contents: Uint8Array }[]> {
  const packages = path.join(picturesFolder, 'node_modules');
  const entries = await readdir(packages, { recursive: true, withFileTypes: true }).catch(() => []);
  const wanted = entries.filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(?:md|png|d\.[cm]?ts|cc|h|map)$/u.test(entry.name),
  );
  return Promise.all(
    wanted.map(async ({ parentPath, name }) => ({
      file: path.join(folder, 'node_modules', path.relative(packages, parentPath), name),
      contents: await readFile(path.join(parentPath, name)),
    })),
  );
}

/** The fonts of the documents that no package brings, beside the chunk that reads them. */
async function documentFonts(folder: string): Promise<{ readonly file: string; readonly contents: Uint8Array }[]> {
  const fonts = path.join(root, 'lib/documents/fonts');
  const names = (await readdir(fonts)).filter((name) => name.endsWith('.ttf'));
  return Promise.all(
    names.map(async (name) => ({
      file: path.join(folder, 'chunks/fonts', name),
      contents: await readFile(path.join(fonts, name)),
    })),
  );
}

if (import.meta.main) {
  for (const name of [...functionNames, ...fleetFunctionNames]) {
    await bundle(name);
    const { byteLength } = await readFile(path.join(defaultTarget, `${name}.zip`));
    process.stdout.write(`.build/${name}.zip ${Math.ceil(byteLength / 1000)} kB\n`);
  }
}
