import type { Failure } from '../failure.ts';
import type { Finding } from '../findings/finding.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import type { DocumentNote } from './year-documents.ts';

/** Of what the library says of a failure, as much as tells what kind it is. It can quote only what is published. */
const causeLength = 200;

/** What the operators are told of documents. */
export function noteInWords(note: DocumentNote): { readonly failure: Failure; readonly severity: Finding['severity'] } {
  switch (note.kind) {
    case 'left-out':
      return {
        severity: 'notice',
        failure: {
          code: 'documents-left-out',
          message:
            'このコンピュータにはPDFを作る部品（@myriaddreamin/typst-ts-node-compilerと@expo-google-fonts/biz-udgothic）がないため、年度ごとのPDFは作りませんでした。ページとデータは、そのまま公表します。',
          fix: 'PDFも載せる場合は、mokuhyo を入れた場所にこの2つの部品を入れてから、もう一度実行してください。',
        },
      };
    case 'failed': {
      const shown = note.isKept ? '前のPDFを、その日付のまま載せています' : 'PDFは載せていません';
      return {
        severity: 'warning',
        failure: {
          code: 'document-failed',
          message: `${fiscalYearLabel(note.fiscalYear)}のPDFを作れませんでした。${shown}。ページとデータは、そのまま公表しました。`,
          fix: `次の公表でもう一度作ります。続くときは、Mokuhyoの開発者に、次の言葉を添えてお知らせください：${note.cause.slice(0, causeLength)}。`,
        },
      };
    }
    case 'unknown-characters':
      return {
        severity: 'notice',
        failure: {
          code: 'document-characters',
          message: `${fiscalYearLabel(note.fiscalYear)}のPDFには、字の形がない文字があります（${note.characters.join('、')}）。PDFでは、「〓」か、形の近い字で表しています。`,
          fix: '書きまちがいであれば、シートの文字を直してください。そうでなければ、そのままでかまいません。',
        },
      };
  }
}
