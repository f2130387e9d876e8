import { writeFile } from 'node:fs/promises';
import { errorCode } from '../../system-error.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { UsageError } from '../usage.ts';

/** `template`: writes an empty workbook with drop-downs, notes and the guide for staff. Never writes over a file. */
export async function template(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const file = args.required('out');
  const { templateWorkbook } = await import('../../staff/template/workbook-file.ts');
  try {
    await writeFile(file, templateWorkbook(), { flag: 'wx' });
  } catch (error) {
    const exists = errorCode(error) === 'EEXIST';
    throw new UsageError(exists ? io.words.fileExists(file) : io.words.cannotWrite(file));
  }
  io.tell(io.words.templateWritten(file));
  return 0;
}
