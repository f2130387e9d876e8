/** The part of japanese-holidays that is used here; the package has no types. */
declare module 'japanese-holidays' {
  const holidays: {
    /** The holiday's name; undefined where the day is none. Reads the date's local year, month and day. */
    isHoliday(date: Date): string | undefined;
  };
  export = holidays;
}
