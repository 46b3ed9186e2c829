import { type DesktopTexts, en } from './en.ts';
import { sv } from './sv.ts';

/** The texts for the first of the system's languages that there are texts for; English otherwise. */
export function textsFor(languages: readonly string[]): DesktopTexts {
  for (const language of languages) {
    const [name] = language.toLowerCase().split(/[-_]/);
    if (name === 'sv') return sv;
    if (name === 'en') return en;
  }
  return en;
}

/** `{name}` becomes what stands under that name. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
