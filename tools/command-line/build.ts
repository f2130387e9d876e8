import { chmod, copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { unbundledPackages } from '../unbundled-packages.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

/**
 * Bundles the command line with everything that it needs into `dist`: `mokuhyo.mjs`, the parts that only some commands read, the start
 * of it all, and the notices of what is inside. Run by `npm pack`; a clone runs the sources.
 */

const root = path.join(import.meta.dirname, '../..');

/** @returns what esbuild says of the parts */
export async function buildCommandLine(folder: string = path.join(root, 'dist')): Promise<Metafile> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { mokuhyo: path.join(root, 'lib/cli/main.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[hash]',
    absWorkingDir: root,
    bundle: true,
    // What a command does not need is not read: in one file a start took twice as long.
    splitting: true,
    platform: 'node',
    target: 'node22.13',
    format: 'esm',
    // The modules of a package rather than its CommonJS: what is not used of them is left out.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    // Of CommonJS packages, which ask for Node's own modules in their way.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    external: unbundledPackages,
    metafile: true,
    logLevel: 'warning',
  });
  await copyFile(path.join(import.meta.dirname, 'start.mjs'), path.join(folder, 'start.mjs'));
  await chmod(path.join(folder, 'start.mjs'), 0o755);
  await writeFile(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(metafile, root));
  return metafile;
}

if (import.meta.main) {
  const { outputs } = await buildCommandLine();
  const bytes = Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
  process.stderr.write(`dist: ${Math.ceil(bytes / 1000)} kB\n`);
}
