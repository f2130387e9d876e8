import { runProgram } from './program.ts';

// A reader that closes the pipe early (`| head`) has had enough; that is no failure.
process.stdout.on('error', () => {});
await runProgram(process.argv.slice(2));
