const { bundledProgram } = require('../../lib/cli/bundled-program.cjs');

/**
 * The commands of the bundled program, to be called again and again in one process. Plain JavaScript, as the command line is started.
 *
 * @returns a function of the arguments of a command, which throws what was told where the command ends with another status than 0
 */
function bundledCommand() {
  const program = bundledProgram();
  if (program === null) throw new Error('The program is not bundled: npm ci');
  const { runCommandLine } = program.load('./command-line.cjs');
  const { wordsFor } = program.load('./words.cjs');
  const words = wordsFor('en');
  return async (args) => {
    const told = [];
    const tell = (line) => told.push(line);
    const io = { env: process.env, words, now: new Date(), out: () => {}, tell, colour: false };
    const status = await runCommandLine(args, io);
    if (status !== 0) throw new Error(`${args.join(' ')}: status ${status}\n${told.join('\n')}`);
  };
}

module.exports = { bundledCommand };
