import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Starts the program with Node's compile cache, which keeps the modules with their types erased and compiled. Plain JavaScript, since
 * erasing the types of the very first module would load the eraser, which takes longer than all that the cache spares.
 *
 * Where the folder cannot be written there is no cache, and nothing else is different.
 */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/mokuhyo', import.meta.url)));
await import('./main.ts');
