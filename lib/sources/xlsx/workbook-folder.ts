import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../system-error.ts';
import { notReadable } from '../failures.ts';
import { isWorkbookFile } from '../file-names.ts';
import { picturesBeside } from '../pictures-beside.ts';
import type { Source, SourceResult } from '../source.ts';
import type { ReadElsewhere } from './elsewhere.ts';
import { joinWorkbooks, type NamedWorkbook } from './join-workbooks.ts';
import { workbookFileSource } from './workbook-file.ts';

/** A folder of `.xlsx` files, one for each department, which are read as one workbook. */
export function workbookFolderSource(folder: string, elsewhere?: ReadElsewhere): Source {
  return {
    name: path.basename(folder),
    async read(): Promise<SourceResult> {
      const hash = createHash('sha256');
      const workbooks: NamedWorkbook[] = [];
      let names: string[];
      try {
        names = readdirSync(folder).filter(isWorkbookFile).sort();
      } catch (error) {
        if (errorCode(error) === null) throw error;
        return { ok: false, failure: notReadable(path.basename(folder)), requests: 0 };
      }
      for (const [index, name] of names.entries()) {
        const result = await workbookFileSource(path.join(folder, name), elsewhere).read();
        if (!result.ok) return { ...result, requests: index + 1 };
        hash
          .update(name)
          .update('\0')
          .update(result.version ?? '');
        workbooks.push({ file: name, workbook: result.workbook });
      }
      const version = hash.digest('hex').slice(0, 16);
      const pictures = picturesBeside(folder);
      return { ok: true, workbook: joinWorkbooks(workbooks), version, requests: names.length, pictures };
    },
  };
}
