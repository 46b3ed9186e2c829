import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReplayRewrite } from '../../../../core/contract/replay.ts';
import { isMadeWhenSent, mayBeMapped } from '../../../../core/contract/rewrite-kind.ts';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { mapKey } from './mapped.ts';
import styles from './plan.module.css';

export interface RewriteTableProps {
  readonly rewrites: readonly ReplayRewrite[];
  readonly label: string;
  /** Absent: they are as they were. */
  readonly edit?: {
    readonly map: Readonly<Record<string, string>>;
    readonly onMap: (key: string, text: string, usual: string) => void;
  };
}

/** Rows drawn before one asks for more. */
const MOST = 200;

/** What is called otherwise than it was, and why; what can be chosen has a field. */
export function RewriteTable({ rewrites, label, edit }: RewriteTableProps) {
  const t = useTexts('replay');
  const [most, setMost] = useState(MOST);
  if (rewrites.length === 0) return <p className={styles['none']}>{t('noRewrites')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <div className={styles['rewrites']} tabIndex={0}>
      <table className={styles['rows']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('column-kind')}</th>
            <th scope="col">{t('column-from')}</th>
            <th scope="col">{t('column-to')}</th>
            <th scope="col" className={styles['end']}>
              {t('column-steps')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rewrites.slice(0, most).map(rewrite => (
            <tr key={mapKey(rewrite)}>
              <td>{t(`rewrite-${rewrite.kind}`)}</td>
              <td>
                <Mono wrap>
                  <SealedText text={rewrite.from} />
                </Mono>
              </td>
              <td>
                {edit !== undefined && mayBeMapped(rewrite.kind) ? <To rewrite={rewrite} {...edit} /> : said(rewrite)}
                <span className={styles['why']} lang="en">
                  {rewrite.why}
                </span>
              </td>
              <td className={styles['end']}>{rewrite.steps}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rewrites.length > most && (
        <Button variant="default" onClick={() => setMost(most + MOST)}>
          {t('moreRewrites', { count: rewrites.length - most })}
        </Button>
      )}
    </div>
  );

  function said({ kind, to }: ReplayRewrite) {
    return to === null ? (
      <span className={styles['learned']}>{t(isMadeWhenSent(kind) ? 'whenSent' : 'learned')}</span>
    ) : (
      <Mono wrap>
        <SealedText text={to} />
      </Mono>
    );
  }
}

type Edit = NonNullable<RewriteTableProps['edit']>;

/** What is being typed stands as it is; left empty, it is again what would be chosen. */
function To({ rewrite, map, onMap }: Edit & { readonly rewrite: ReplayRewrite }) {
  const t = useTexts('replay');
  const key = mapKey(rewrite);
  const chosen = map[key];
  const [usual] = useState(chosen === undefined ? (rewrite.to ?? '') : '');
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      aria-label={t('renamed', { kind: t(`rewrite-${rewrite.kind}`), from: rewrite.from })}
      value={typed ?? chosen ?? rewrite.to ?? ''}
      placeholder={t(isMadeWhenSent(rewrite.kind) ? 'whenSent' : 'learned')}
      onChange={event => {
        setTyped(event.currentTarget.value);
        onMap(key, event.currentTarget.value.trim(), usual);
      }}
      onBlur={() => setTyped(undefined)}
      classNames={{ input: styles['field'] ?? '' }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
