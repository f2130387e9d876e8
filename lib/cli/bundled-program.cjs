const { readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

/**
 * The program as it lies bundled in the cache, and how it is loaded.
 *
 * Beside a bundle stands what it was made of: every file below `lib`, and the packages that are locked, each with its size and
 * the moment it was last written. A bundle that was made of other sources, or for another Node, is not used.
 *
 * Each file of a bundle has beside it what V8 compiled of it in the first process that used it, the functions that were called
 * among it. Node's own compile cache keeps a module as it is before it has run, when hardly any function is compiled.
 */

const repository = dirname(dirname(__dirname));
const cacheFolder = `${repository}/node_modules/.cache/mokuhyo`;
const bundleFolder = `${cacheFolder}/bundle`;
/** In the folder of the bundle: what it was made of. */
const originFile = 'made-of.txt';

/** What a bundle of the sources as they are now would be made of. */
function origin() {
  const marks = [process.version, process.arch, markOf(`${repository}/package-lock.json`)];
  addMarks(`${repository}/lib`, marks);
  return marks.join('\n');
}

function addMarks(folder, marks) {
  for (const name of readdirSync(folder).sort()) {
    const file = `${folder}/${name}`;
    // A source has an ending, a folder has none.
    if (name.includes('.')) marks.push(markOf(file));
    else addMarks(file, marks);
  }
}

function markOf(file) {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
}

/** The bundled program, or null where there is none of the sources as they are now. */
function bundledProgram() {
  try {
    if (readFileSync(`${bundleFolder}/${originFile}`, 'utf8') !== origin()) return null;
  } catch {
    return null;
  }
  return programIn(bundleFolder);
}

/** @returns `load`, which gives what a file of the bundle exports */
function programIn(folder) {
  const requirePackage = createRequire(`${folder}/`);
  const loaded = new Map();
  const fresh = new Map();

  function load(name) {
    if (!name.startsWith('./')) return requirePackage(name);
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const file = `${folder}/${name.slice(2)}`;
    const cachedData = compiledBefore(file);
    // The files of a bundle are ASCII, and Latin-1 is what V8 keeps ASCII in: nothing is decoded.
    const source = `(function(exports,require,module){${readFileSync(file, 'latin1')}\n})`;
    const script = new Script(source, { filename: file, cachedData });
    if (cachedData === undefined) fresh.set(file, script);
    script.runInThisContext()(module.exports, load, module);
    return module.exports;
  }

  process.once('exit', () => {
    for (const [file, script] of fresh) keepCompiled(file, script);
  });
  return { load };
}

function compiledBefore(file) {
  try {
    return readFileSync(`${file}.compiled`);
  } catch {
    return undefined;
  }
}

function keepCompiled(file, script) {
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, script.createCachedData());
    renameSync(beside, `${file}.compiled`);
  } catch {
    // Where nothing can be written, every process compiles for itself.
  }
}

module.exports = { bundledProgram, bundleFolder, cacheFolder, origin, originFile, programIn };
