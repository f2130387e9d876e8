// `import` would take all that these modules export, and some of it brings modules of its own that are not needed here.
const { hash } = process.getBuiltinModule('node:crypto');
const { existsSync, readdirSync, statSync } = process.getBuiltinModule('node:fs');

/**
 * Where the program lies bundled, if it does. Plain JavaScript, because it runs before everything else.
 *
 * The name of the bundle's folder says which sources it was made of: every file below `lib`, and the packages that are locked, each with
 * its size and the moment it was last written. One that was made of other sources has another name, and is never found.
 */

const repository = import.meta.dirname.slice(0, -'lib/cli'.length);

export const cacheFolder = `${repository}node_modules/.cache/mokuhyo`;

/** The folder for the bundle of the sources as they are now. */
export function bundleFolder() {
  const marks = [process.version, markOf(`${repository}package-lock.json`)];
  addMarks(`${repository}lib`, marks);
  return `${cacheFolder}/bundle-${hash('sha256', marks.join('\n')).slice(0, 16)}`;
}

/** The bundled program, or null where there is none of the sources as they are now. */
export function bundledProgram() {
  const file = `${bundleFolder()}/main.mjs`;
  return existsSync(file) ? file : null;
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
