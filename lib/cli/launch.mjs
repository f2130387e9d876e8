import { enableCompileCache } from 'node:module';

/**
 * Starts the program from its sources, with Node's own compile cache. Plain JavaScript: erasing the types of the very first module would
 * load the eraser before the cache is on. Where nothing can be written there is no cache, and nothing else is different.
 */
enableCompileCache();
await import(process.argv[2] === '--sample' ? './start.ts' : './main.ts');
