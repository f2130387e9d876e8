import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../system-error.ts';

/** Who is publishing, so that the next run on the same machine can tell at once whether it still lives. */
export interface Holder {
  /** The machine since it was started, and the process numbers' name space: two containers of one host differ. */
  readonly machine: string;
  readonly pid: number;
  /** Whether the process with this number, on this machine, is alive. */
  isAlive(pid: number): boolean;
}

/**
 * This process. The host name alone will not do: sandboxes of one provider share names and low process numbers, and a
 * living publisher would be taken for dead.
 */
export function thisProcess(): Holder {
  const marks = [
    markOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'), 'no boot id'),
    markOf(() => readlinkSync('/proc/self/ns/pid'), 'no name space'),
  ];
  const machine = createHash('sha256')
    .update([hostname(), ...marks].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return { machine, pid: process.pid, isAlive: isProcessAlive };
}

/** What this system does not have says nothing. */
function markOf(read: () => string, none: string): string {
  try {
    return read();
  } catch {
    return none;
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to someone else.
    return errorCode(error) !== 'ESRCH';
  }
}
