/** The fiscal year as public documents write it: 2024 is `令和6年度`, 2019 is `令和元年度`. */
export function fiscalYearLabel(year: number): string {
  const [era, first] = year >= 2019 ? ['令和', 2019] : ['平成', 1989];
  return `${era}${year === first ? '元' : year - first + 1}年度`;
}
