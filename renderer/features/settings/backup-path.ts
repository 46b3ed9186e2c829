/** `/home/me/workbench-2026-11-23-0637.db`: beside the database, named for the minute, so that the next one has another name. */
export function backupPathFor(database: string, now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const [, stem = database, ending = ''] = /^(.*?[^/\\])(\.[^./\\]*)?$/.exec(database) ?? [];
  return `${stem}-${day}-${two(now.getHours())}${two(now.getMinutes())}${ending}`;
}
