import { strFromU8, unzipSync } from 'fflate';

/** How a tab comes out of the printer. */
interface PrintedTab {
  readonly paper: string;
  /** What is printed again on each sheet of paper. */
  readonly repeated: string | null;
  /** Whether letters of 11 points come out at 8 points or more, also where the digits of the font are 9.3 pixels wide. */
  readonly isReadable: boolean;
}

/** A4 is 297 mm wide. */
const paperInches = 297 / 25.4;
const widestDigit = 9.3;

/** How each tab of an `.xlsx` file is printed, by what the file says of it. */
export function printed(bytes: Uint8Array): Map<string, PrintedTab> {
  const files = unzipSync(bytes);
  const part = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  const workbook = part('xl/workbook.xml');
  const names = [...workbook.matchAll(/<sheet name="([^"]*)"/gu)].map(([, name = '']) => name);
  const titles = new Map(
    [...workbook.matchAll(/<definedName name="_xlnm\.Print_Titles" localSheetId="(\d+)">([^<]*)</gu)].map(
      ([, index = '', range = '']) => [Number(index), range],
    ),
  );
  return new Map(
    names.map((name, index) => {
      const sheet = part(`xl/worksheets/sheet${index + 1}.xml`);
      const isA4 = /<pageSetup paperSize="9" orientation="landscape"/u.test(sheet);
      return [
        name,
        {
          paper: isA4 && sheet.includes('<pageSetUpPr fitToPage="1"/>') ? 'A4, on its side' : 'another',
          repeated: titles.get(index) ?? null,
          isReadable: pointsOf(sheet) >= 8,
        },
      ];
    }),
  );
}

function pointsOf(sheet: string): number {
  const margins = ['left', 'right'].map((side) => Number(new RegExp(`${side}="([\\d.]+)"`, 'u').exec(sheet)?.[1]));
  const paper = (paperInches - margins.reduce((sum, margin) => sum + margin, 0)) * 96;
  const pages = Number(/fitToWidth="(\d+)"/u.exec(sheet)?.[1]);
  const isFrozen = sheet.includes('xSplit="1"');
  const widths = [...sheet.matchAll(/<col min="(\d+)" max="(\d+)" width="([\d.]+)"/gu)]
    .filter(([, first, last]) => first === last)
    .map(([, , , width]) => Number(width) * widestDigit + 5);
  // The smallest paper, in pixels of the tab, on which its columns fit side by side, none of them cut.
  for (let tenths = 110; tenths > 0; tenths -= 1) {
    const points = tenths / 10;
    const room = paper / (points / 11);
    const repeated = isFrozen ? (widths[0] ?? 0) : 0;
    let used = repeated;
    let needed = 1;
    for (const width of isFrozen ? widths.slice(1) : widths) {
      if (used > repeated && used + width > room) {
        needed += 1;
        used = repeated;
      }
      used += width;
    }
    if (needed <= pages && used <= room) return points;
  }
  return 0;
}
