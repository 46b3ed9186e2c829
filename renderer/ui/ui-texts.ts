import { createContext, useContext } from 'react';

/** What the primitives themselves say; given by the page in its language. */
export interface UiTexts {
  readonly copied: string;
  readonly copyFailed: string;
  readonly retry: string;
  readonly cancel: string;
  readonly close: string;
  readonly loading: string;
  readonly resize: string;
  readonly utc: string;
  /** How a day and a moment are written, and what opens a calendar. */
  readonly dayShape: string;
  readonly momentShape: string;
  readonly calendar: string;
  readonly filter: string;
  readonly clearFilter: string;
  readonly left: string;
  readonly right: string;
  /** What the code editor says, by its English words. */
  readonly editorPhrases: Readonly<Record<string, string>>;
  typeToConfirm(phrase: string): string;
  removeToken(token: string): string;
  /** Of two texts beside each other: so many lines that are the same in both. */
  unchangedLines(count: number): string;
  moreLines(count: number): string;
  /** A line of the first that is not in the second, and the other way round. */
  readonly lineGone: string;
  readonly lineCame: string;
  readonly error: string;
  readonly warning: string;
  readonly note: string;
}

export const UiTextsContext = createContext<UiTexts | undefined>(undefined);

export function useUiTexts(): UiTexts {
  const texts = useContext(UiTextsContext);
  if (texts === undefined) throw new Error('useUiTexts is called outside of UiTextsContext');
  return texts;
}
