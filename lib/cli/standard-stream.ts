import { writeSync } from 'node:fs';
import { errorCode } from '../system-error.ts';

/**
 * Writes to standard output (1) or standard error (2).
 *
 * To make Node's stream of one takes longer than all that a command has to say, so the text goes to the descriptor itself. The
 * stream is made where it is needed: in a console of Windows, which does not take UTF-8, and for a pipe that is full and does not wait.
 */
export function standardStream(descriptor: 1 | 2): (text: string) => void {
  let stream = process.platform === 'win32' ? streamOf(descriptor) : null;
  return (text) => {
    let rest: Uint8Array = Buffer.from(text);
    try {
      while (stream === null && rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // A reader that closes the pipe early (`| head`) has had enough; that is no failure.
      if (errorCode(error) === 'EPIPE') return;
      if (errorCode(error) !== 'EAGAIN') throw error;
      stream = streamOf(descriptor);
    }
    if (rest.length > 0) stream?.write(rest);
  };
}

function streamOf(descriptor: 1 | 2): NodeJS.WriteStream {
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  stream.on('error', () => {});
  return stream;
}
