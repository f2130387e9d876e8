import type { SourceFailure } from '../failure.ts';
import { shownPlace } from '../text/shown-place.ts';

/** The sentences for a file or folder that gave no workbook. */

export function notFound(path: string): SourceFailure {
  return {
    kind: 'not-found',
    code: 'source-not-found',
    message: `「${shownPlace(path)}」が見つかりません。`,
    fix: 'ファイルまたはフォルダーの場所と名前を確かめてください。',
  };
}

export function notReadable(path: string): SourceFailure {
  return {
    kind: 'unreadable',
    code: 'source-not-permitted',
    message: `「${shownPlace(path)}」を開けません。`,
    fix: '読み取りの権限があるか、ほかのプログラムが使っていないか確かめてください。',
  };
}

export function folderNamedLikeWorkbook(path: string): SourceFailure {
  return {
    kind: 'wrong-kind',
    code: 'source-is-folder',
    message: `「${path}」はファイルではなくフォルダーです。`,
    fix: 'ブック（.xlsx）のファイルか、CSVファイルを入れたフォルダーを指定してください。',
  };
}

export function singleCsv(path: string): SourceFailure {
  return {
    kind: 'wrong-kind',
    code: 'source-is-single-csv',
    message: `「${path}」はCSVファイルです。CSVはシートごとのファイルを入れたフォルダーで読み取ります。`,
    fix: '「設定.csv」「部.csv」「目標.csv」を入れたフォルダーを指定してください。',
  };
}

export function singleWorkbook(path: string, file: string): SourceFailure {
  return {
    kind: 'wrong-kind',
    code: 'source-is-single-workbook',
    message: `フォルダー「${path}」にはCSVファイルがなく、ブック「${file}」だけがあります。`,
    fix: `フォルダーではなく、ブック（.xlsx）のファイルを指定してください。部ごとのブックをまとめて読むときは、すべてのブックをこのフォルダーに入れてください。`,
  };
}

export function noWorkbook(path: string): SourceFailure {
  return {
    kind: 'unreadable',
    code: 'source-not-workbook',
    message: `「${path}」はブック（.xlsx）として読み取れません。壊れているか、別の種類のファイルです。`,
    fix: 'Excel、LibreOfficeまたはGoogleスプレッドシートで開けることを確かめ、.xlsx形式で保存し直してください。',
  };
}

export function damaged(path: string): SourceFailure {
  return {
    kind: 'unreadable',
    code: 'source-damaged',
    message: `「${path}」は壊れています。途中で切れているか、一部が書き換わっているため、読み取りません。`,
    fix: '元のファイルをもう一度コピーするか受け取ってください。表計算ソフトで開けるときは、内容を確かめて.xlsx形式で保存し直してください。',
  };
}

export function encryptedOrOld(path: string): SourceFailure {
  return {
    kind: 'unreadable',
    code: 'source-encrypted',
    message: `「${path}」はパスワードで保護されているか、古い形式（.xls）のため読み取れません。`,
    fix: 'パスワードを外し、.xlsx形式で保存し直してください。',
  };
}

export function tooLarge(path: string): SourceFailure {
  return {
    kind: 'unreadable',
    code: 'source-too-large',
    message: `「${path}」は展開すると大きすぎるため、読み取りません。`,
    fix: '使っていない行、列、画像を消して保存し直してください。',
  };
}

export function badCsv(path: string, line: number | null): SourceFailure {
  const where = line === null ? '' : `（${line}行目付近）`;
  return {
    kind: 'unreadable',
    code: 'source-bad-csv',
    message: `「${path}」をCSVとして読み取れません${where}。`,
    fix: '引用符（"）の対応を確かめ、表計算ソフトからCSV（UTF-8）形式で保存し直してください。',
  };
}

export function unknownEncoding(path: string): SourceFailure {
  return {
    kind: 'unreadable',
    code: 'source-unknown-encoding',
    message: `「${path}」の文字コードが分かりません。`,
    fix: '表計算ソフトからCSV（UTF-8）形式で保存し直してください。',
  };
}
