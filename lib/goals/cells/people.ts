import { matchKey } from '../../text/normalize.ts';

const vacancies = new Set(['欠員', '空席', '空位', '不在', '未定']);
const standIn = /事務取扱|事務代理|兼務|心得/u;

/** 部長名 says that the post has nobody: shown as written, and no reading is asked for. Source: "People" in section 1 of the contract. */
export function isVacant(name: string): boolean {
  return vacancies.has(matchKey(name).replaceAll(/[()〔〕[\]【】「」]/gu, ''));
}

/** A person who stands in: 事務取扱 and the like beside the name. No reading is asked for. */
export function standsIn(name: string): boolean {
  return standIn.test(matchKey(name));
}
