/** What a department is called to the staff: its name, or that its row has none. */
export function departmentLabel(name: string): string {
  return name === '' ? '（名前なし）' : name;
}
