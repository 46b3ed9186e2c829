import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en, sv } from './catalogue.ts';

export type Language = 'en' | 'sv';
/** `system`: Swedish where the system speaks it, else English. */
export type LanguageChoice = Language | 'system';

const STORED = 'ocpi-workbench.language';

export function languageChoice(): LanguageChoice {
  const stored = localStorage.getItem(STORED);
  return stored === 'en' || stored === 'sv' ? stored : 'system';
}

export function spoken(choice: LanguageChoice, wanted: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const known = wanted.map(language => language.slice(0, 2).toLowerCase()).find(is => is === 'sv' || is === 'en');
  return known === 'sv' ? 'sv' : 'en';
}

export function chooseLanguage(choice: LanguageChoice): void {
  if (choice === 'system') localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, choice);
  void i18next.changeLanguage(spoken(choice, navigator.languages));
}

/** Makes the texts ready, before anything is drawn, and has the document say which language it is in. */
export function startTexts(): void {
  i18next.on('languageChanged', language => {
    document.documentElement.lang = language;
  });
  readyTexts(spoken(languageChoice(), navigator.languages));
}

/** At once: the texts of both languages are part of the page. */
export function readyTexts(language: Language): void {
  void i18next.use(initReactI18next).init({
    resources: { en, sv },
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
