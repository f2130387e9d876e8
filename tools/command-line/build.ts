import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.ts';

/**
 * Makes the command line as one file with everything in it, `dist/mokuhyo.mjs`, with the start of it beside it and the notices of what is
 * inside. Run by `npm pack`; a clone runs the sources.
 */

const root = path.join(import.meta.dirname, '../..');

/** Node's own compile cache is on before the program is read: the second start need not compile it again. */
const start = `#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./mokuhyo.mjs');
`;

/** @returns what esbuild says of the parts */
export async function buildCommandLine(folder: string = path.join(root, 'dist')): Promise<Metafile> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [path.join(root, 'lib/cli/main.ts')],
    outfile: path.join(folder, 'mokuhyo.mjs'),
    absWorkingDir: root,
    bundle: true,
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
    metafile: true,
    logLevel: 'warning',
  });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'start.mjs'), start);
  await chmod(path.join(folder, 'start.mjs'), 0o755);
  await writeFile(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(metafile, root));
  return metafile;
}

if (import.meta.main) {
  await buildCommandLine();
  const { byteLength } = await readFile(path.join(root, 'dist/mokuhyo.mjs'));
  process.stderr.write(`dist/mokuhyo.mjs ${Math.ceil(byteLength / 1000)} kB\n`);
}
