import type { ReactNode } from 'react';
import styles from './link-name.module.css';

export interface LinkNameProps {
  readonly link: string | null;
  readonly production: boolean;
  readonly words: { readonly noLink: string; readonly production: string };
}

/** Without hooks: cells of the list. A production link is told by a word and a colour. */
export function LinkName({ link, production, words }: LinkNameProps): ReactNode {
  if (link === null) return <span className={styles['unknown']}>{words.noLink}</span>;
  if (!production) return <span title={link}>{link}</span>;
  return (
    <span className={styles['production']} title={link}>
      <ProductionMark word={words.production} />
      <span className={styles['name']}>{link}</span>
    </span>
  );
}

export function ProductionMark({ word }: { readonly word: string }) {
  return <span className={styles['mark']}>{word}</span>;
}
