import { writeFile } from 'node:fs/promises';
import { errorCode } from '../../system-error.ts';
import { defaultScheme } from '../../text/scheme.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { UsageError } from '../usage.ts';

/** `template`: writes a workbook with drop-downs, notes and the guide for staff, empty or with an invented city in it. Never writes over a file. */
export async function template(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const file = args.required('out');
  const [{ templateWorkbook }, { exampleTabs, templateTabs }] = await Promise.all([
    import('../../staff/template/workbook-file.ts'),
    import('../../staff/template/template.ts'),
  ]);
  const tabs = (args.flag('example') ? exampleTabs : templateTabs)(defaultScheme);
  try {
    await writeFile(file, templateWorkbook(defaultScheme, tabs), { flag: 'wx' });
  } catch (error) {
    const exists = errorCode(error) === 'EEXIST';
    throw new UsageError(exists ? io.words.fileExists(file) : io.words.cannotWrite(file));
  }
  io.tell(io.words.templateWritten(file));
  return 0;
}
