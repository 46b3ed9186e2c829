/** `2026-11-22T10:00:00Z`: sentences name times by the second, and so stay the same while nothing changes. */
export function moment(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `90 minutes`, `1 hour`, `2.5 days`. */
export function counted(count: number, unit: string): string {
  return `${rounded(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/** `12.5 %` for 0.125. */
export function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

function rounded(number: number): string {
  return String(Math.round(number * 10) / 10);
}
