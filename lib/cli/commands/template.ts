import { writeFile } from 'node:fs/promises';
import type { SourceFailure } from '../../failure.ts';
import { errorCode } from '../../system-error.ts';
import { defaultScheme } from '../../text/scheme.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { openSource } from '../options.ts';
import { UsageError } from '../usage.ts';

/**
 * `template`: writes a workbook with drop-downs, notes and the guide for staff, empty, with an invented city in it, or next year's of a
 * city. Never writes over a file.
 */
export async function template(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const file = args.required('out');
  const from = args.optional('from');
  if (from !== null && args.flag('example')) throw new UsageError(io.words.exampleOrFrom);
  if (from !== null) return nextYear(from, file, io);
  const [{ templateWorkbook }, { exampleTabs, templateTabs }] = await Promise.all([
    import('../../staff/template/workbook-file.ts'),
    import('../../staff/template/template.ts'),
  ]);
  const tabs = (args.flag('example') ? exampleTabs : templateTabs)(defaultScheme);
  await writeNew(file, templateWorkbook(defaultScheme, tabs), io);
  io.tell(io.words.templateWritten(file));
  return 0;
}

/** `template --from`: next year's workbook of the city whose workbook is read. */
async function nextYear(from: string, file: string, io: CommandIo): Promise<ExitStatus> {
  const opened = await openSource(from, io);
  if (!opened.ok) return tellFailure(opened.failure, io);
  const read = await opened.source.read(null);
  if (!read.ok) return tellFailure(read.failure, io);
  const { nextWorkbook } = await import('../../staff/new-year/next-workbook.ts');
  const next = nextWorkbook(read.workbook, io.now);
  if (next.kind === 'unreadable') {
    for (const { message, fix } of next.findings) io.tell(`${message}\n→ ${fix}`);
    return 3;
  }
  await writeNew(file, next.bytes, io);
  io.tell(io.words.nextYearWritten(file));
  for (const line of next.lines) io.tell(line);
  return 0;
}

async function writeNew(file: string, bytes: Uint8Array, io: CommandIo): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: 'wx' });
  } catch (error) {
    const exists = errorCode(error) === 'EEXIST';
    throw new UsageError(exists ? io.words.fileExists(file) : io.words.cannotWrite(file));
  }
}

function tellFailure({ kind, message, fix }: SourceFailure, io: CommandIo): ExitStatus {
  io.tell(`${message}\n→ ${fix}`);
  return kind === 'not-found' || kind === 'wrong-kind' ? 2 : 3;
}
