import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleFolder, origin, originFile, programIn } from './bundled-program.cjs';
import { usedSchemas } from './sdk-schemas.ts';

/**
 * Bundles the program into the cache, so that it starts quickly: few files are read instead of hundreds, and what they hold is
 * compiled already. Run by `npm ci`, as the script `prepare`. It is never needed: without it, or after a change of the sources,
 * the sources run as they are.
 */
const { build, transform } = await import('esbuild').catch(() => ({ build: null, transform: null }));
if (build !== null) {
  const madeOf = origin();
  const beside = `${bundleFolder}-${process.pid}`;
  await mkdir(beside, { recursive: true });
  for (const [name, text] of await bundledFiles()) await writeFile(path.join(beside, name), text);
  await writeFile(path.join(beside, originFile), madeOf);
  await rm(bundleFolder, { recursive: true, force: true });
  await rename(beside, bundleFolder);
  await runOnce();
}

/** The files by name: CommonJS, since only scripts can be given what was compiled of them before. */
async function bundledFiles() {
  const { outputFiles } = await build({
    entryPoints: ['main.ts', 'command-line.ts', 'words.ts'].map((name) => path.join(import.meta.dirname, name)),
    outdir: bundleFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    // What a command does not need is not read. Files are only split where they are modules, so they are made CommonJS after.
    splitting: true,
    format: 'esm',
    platform: 'node',
    // Of packages that have both, the modules: what is not used of them is left out.
    mainFields: ['module', 'main'],
    // Its build for Node loads worker threads, which nothing here uses.
    alias: { fflate: 'fflate/browser' },
    plugins: [usedSchemas],
    target: 'node24',
    write: false,
    logLevel: 'error',
  });
  const files = outputFiles.map(async ({ path: file, text }) => {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node24',
      // `import()` would ask Node's loader of modules.
      supported: { 'dynamic-import': false },
      minifySyntax: true,
      minifyWhitespace: true,
    });
    return [path.basename(file), asciiOnly(withoutCopies(code))];
  });
  return await Promise.all(files);
}

/**
 * esbuild makes a copy of what a file exports each time it is imported as a whole, since it cannot know whether that was a
 * module. The bundle's own files all were.
 */
function withoutCopies(code) {
  return code.replace(/\b__toESM\((require\("\.\/[^"]+"\))\)/g, '$1');
}

/**
 * esbuild leaves the letters in regular expressions and templates as they are. A backslash before one that means nothing there goes:
 * before an escape it would make another of it.
 */
function asciiOnly(code) {
  return code.replace(/(\\*)([\u0080-\uffff])/g, (_, backslashes, letter) => {
    const kept = backslashes.length % 2 === 0 ? backslashes : backslashes.slice(1);
    return `${kept}\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Runs what people run over the sample, so that what it calls is compiled when it is called for the first time. */
async function runOnce() {
  const { load } = programIn(bundleFolder);
  const { runCommandLine } = load('./command-line.cjs');
  const { wordsFor } = load('./words.cjs');
  const scratch = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  const silence = () => {};
  const io = { env: {}, words: wordsFor('ja'), now: new Date(), out: silence, tell: silence, colour: false };
  const [workbook, out] = [path.join(scratch, 'sample.xlsx'), path.join(scratch, 'site')];
  try {
    await runCommandLine(['template', '--out', workbook], io);
    const source = ['--source', path.join(import.meta.dirname, '../sample')];
    await runCommandLine(['check', '--source', workbook], io);
    await runCommandLine(['build', ...source, '--out', out], io);
    for (let run = 0; run < 2; run += 1) {
      await runCommandLine(['publish', ...source, '--site', out, '--state', path.join(scratch, 'state')], io);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
