/** What a department is called to the staff: its 部名, or that its row has none. */
export function departmentLabel(name: string): string {
  return name === '' ? '（部名なし）' : name;
}
