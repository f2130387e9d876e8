import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { bundleFolder, cacheFolder } from './bundled-program.js';

/**
 * Bundles the program into the cache, so that it starts quickly: one file is read instead of hundreds. Run by `npm ci`, as the script
 * `prepare`. It is never needed: without it, or after a change of the sources, the sources run as they are.
 */
const { build } = await import('esbuild').catch(() => ({ build: null }));
if (build !== null) {
  const folder = bundleFolder();
  const beside = `${folder}-${process.pid}`;
  await build({
    entryPoints: [path.join(import.meta.dirname, 'main.ts')],
    outdir: beside,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // Of packages that have both, the modules: what is not used of them is left out.
    mainFields: ['module', 'main'],
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    // Packages that are CommonJS ask for Node's own modules.
    banner: { js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  await rm(folder, { recursive: true, force: true });
  await rename(beside, folder);
  const old = (await readdir(cacheFolder)).filter((name) => /^bundle-/u.test(name) && name !== path.basename(folder));
  for (const name of old) await rm(path.join(cacheFolder, name), { recursive: true, force: true });
}
