import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';
import styles from './partner-name.module.css';

export interface PartnerNameProps {
  readonly link: string | null;
  readonly production: boolean;
  readonly words: { readonly unknown: string; readonly production: string };
  readonly whole?: boolean;
}

/** Without hooks: cells of the table. A production link is told by a word and a colour. */
export function PartnerName({ link, production, words, whole = false }: PartnerNameProps): ReactNode {
  if (link === null) return <span className={styles['unknown']}>{words.unknown}</span>;
  if (!production) return link;
  return (
    <span className={classNames(styles['production'], whole && styles['whole'])} title={link}>
      <span className={styles['mark']}>{words.production}</span>
      <span className={styles['name']}>{link}</span>
    </span>
  );
}
