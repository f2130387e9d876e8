import { fileURLToPath } from 'node:url';
import { runProgram } from './program.ts';

/** `npm start`: builds the bundled sample and shows it, with the same commands that everybody uses. */
const sample = fileURLToPath(new URL('../sample', import.meta.url));
await runProgram(['build', '--source', sample, '--out', 'site', '--state', 'site.state']);
await runProgram(['serve', 'site', ...process.argv.slice(3)]);
