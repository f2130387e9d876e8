import { realpathSync } from 'node:fs';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { ReadElsewhere } from '../sources/xlsx/elsewhere.ts';
import { readHere } from '../sources/xlsx/elsewhere.ts';

/** What a workbook may cost that passes the reader's own limits, as none should: the machine and the person are not kept. */
interface ThreadLimits {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/**
 * Reads large workbooks in a thread, with an end to its memory and its time. The thread is this program once more, by the file that it
 * was started with: so it is found whether the program runs from its sources or as one file. By the argument it knows what it is.
 */
export function readInThread(
  program: string,
  argument: string,
  { milliseconds, megabytes }: ThreadLimits = { milliseconds: 8_000, megabytes: 320 },
): ReadElsewhere {
  return async (file) => {
    const thread = new Worker(realpathSync(program), {
      argv: [argument],
      workerData: file,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    const answer: Promise<Awaited<ReturnType<ReadElsewhere>>> = new Promise((resolve, reject) => {
      const late = setTimeout(() => resolve('too-large'), milliseconds);
      thread.once('message', (message) => resolve(message));
      thread.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve('too-large');
        else reject(error);
      });
      thread.once('exit', () => {
        clearTimeout(late);
        reject(new Error('The thread that reads workbooks ended without an answer.'));
      });
    });
    try {
      return await answer;
    } finally {
      await thread.terminate();
    }
  };
}

/** The other side: reads the workbook that this thread was given, and sends back what it says. */
export function answerAsReadingThread(): void {
  parentPort?.postMessage(readHere(workerData));
}
