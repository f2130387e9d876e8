import type { SpreadsheetModel } from './google-spreadsheet.ts';

/** Staff tick 今すぐ公開, in the row below the settings of a sound sheet. */
export function tick(model: SpreadsheetModel): void {
  model.type('設定', 'A5', '今すぐ公開');
  model.set('設定', 'B5', { formattedValue: 'TRUE', userEnteredValue: { boolValue: true } });
}

/** Whether what was ticked is done: the tick is taken away. */
export function isUnticked(model: SpreadsheetModel): boolean {
  return model.texts('設定')[4]?.[1] === 'FALSE';
}
