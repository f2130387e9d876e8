import { bundledProgram, cacheFolder } from './bundled-program.js';

/**
 * Starts the program: the bundle that `npm ci` has made of it where that is of the sources as they are, or else the sources. Either way with
 * Node's compile cache. See docs/decisions/0061-starting-quickly.md.
 *
 * Plain JavaScript, since erasing the types of the very first module would load the eraser, which takes longer than most
 * commands. Where nothing can be written below node_modules there is no cache, and nothing else is different.
 */
process.getBuiltinModule('node:module').enableCompileCache(cacheFolder);
const bundle = bundledProgram();
await import(bundle === null ? './main.ts' : process.getBuiltinModule('node:url').pathToFileURL(bundle).href);
