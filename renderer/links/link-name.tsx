import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './link-name.module.css';

export interface LinkNameProps {
  /** Null: it is not known whose it is. */
  readonly link: string | null;
  readonly production: boolean;
  readonly words: { readonly unknown: string; readonly production: string };
  /** Never cut short. */
  readonly whole?: boolean;
}

/** Without hooks: cells of tables call it. A production link is told by a word and a colour. */
export function LinkName({ link, production, words, whole = false }: LinkNameProps): ReactNode {
  if (link === null) return <span className={styles['unknown']}>{words.unknown}</span>;
  if (!production) return <span title={link}>{link}</span>;
  return (
    <span className={classNames(styles['production'], whole && styles['whole'])} title={link}>
      <ProductionMark word={words.production} />
      <span className={styles['name']}>{link}</span>
    </span>
  );
}

/** Small enough for a cell. */
export function ProductionMark({ word }: { readonly word: string }) {
  return <span className={styles['mark']}>{word}</span>;
}
