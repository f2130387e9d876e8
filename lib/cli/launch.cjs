const { bundledProgram, cacheFolder } = require('./bundled-program.cjs');

/**
 * Starts the program: the bundle that `npm ci` has made of it where that is of the sources as they are, or else the sources, with Node's
 * compile cache. See docs/decisions/0061-starting-quickly.md.
 *
 * Plain JavaScript, since erasing the types of the very first module would load the eraser, which takes longer than most
 * commands; and CommonJS, which Node starts without its loader of modules. Where nothing can be written below node_modules
 * there is no cache, and nothing else is different.
 */
const program = bundledProgram();
if (program === null) {
  require('node:module').enableCompileCache(cacheFolder);
  void import('./main.ts');
} else {
  program.load('./main.cjs');
}
