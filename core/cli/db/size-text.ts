import { usageFailure } from '../command.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;
const FACTORS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** `1.4 GB`. */
export function sizeText(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** unit;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `2GB`, `500MB`, `1000000`; bytes. */
export function readSize(option: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?) ?([kmgt]?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(count ?? 0) * (FACTORS[unit.toLowerCase()] ?? 1));
  if (bytes < 1) throw usageFailure(`${option} ${text} is no size`, 'Write 2GB, 500MB, or a number of bytes.');
  return bytes;
}
